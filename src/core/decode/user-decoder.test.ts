import { expect, test } from 'vitest';
import { decoderById } from './registry';
import { parseUserDecoder, textOfUserDecoder, type UserDecoder, userDecoderFromText } from './user-decoder';

const known = (id: string) => decoderById(id) !== undefined;
const script: UserDecoder = { type: 'function', id: 'mine.1', label: 'Ticks', code: 'function decode() {\n}\n' };
const pipeline: UserDecoder = {
  type: 'pipeline',
  id: 'mine.2',
  label: 'Packed ticks',
  steps: [{ skip: 2 }, { decoder: 'gzip', take: ['content'] }, { decoder: 'msgpack', take: ['content'] }],
};

test.each([script, pipeline])('$label is read as it was kept, and from its text', (decoder) => {
  expect(parseUserDecoder(structuredClone(decoder), known)).toEqual(decoder);
  expect(userDecoderFromText(textOfUserDecoder(decoder), decoder.id, 'file.txt', known)).toEqual(decoder);
});

test('the text of a function is a script that can be read', () => {
  expect(textOfUserDecoder(script)).toBe('// Framescope decoder: Ticks\nfunction decode() {\n}\n');
});

test('any script is a function, named after its file', () => {
  expect(userDecoderFromText('const decode = () => 1', 'a', 'my ticks.js', known)).toMatchObject({
    label: 'my ticks',
    code: 'const decode = () => 1',
  });
});

test.each([
  [null, 'a decoder is an object'],
  [{ type: 'other' }, 'neither a pipeline nor a function'],
  [{ ...script, id: 'json' }, 'there is a decoder "json" already'],
  [{ ...script, id: 'a b' }, 'the id has to be a word of at most 40 letters'],
  [{ ...script, label: '  ' }, 'the name is missing'],
  [{ ...script, label: 'x'.repeat(61) }, 'the name has more than 60 characters'],
  [{ ...script, code: 7 }, 'the code is missing'],
  [{ ...script, code: 'x'.repeat(3 << 20) }, 'the code has more than 2 Mi characters'],
  [{ ...pipeline, steps: [] }, 'there have to be 1 to 16 steps'],
])('%j is refused', (value, message) => {
  expect(parseUserDecoder(value, known)).toBe(message);
});

test('broken JSON is told as such', () => {
  expect(userDecoderFromText('{"type":', 'a', 'a.json', known)).toMatch(/^this is no JSON: /);
});
