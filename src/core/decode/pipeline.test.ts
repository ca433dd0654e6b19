import { encode } from '@msgpack/msgpack';
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type PipelineDefinition, parsePipeline, pipelineDecoder } from './pipeline';
import { decoderById } from './registry';
import { decodeOne, nodeAt, outline } from './testing/decoding';
import { fuzzDecoder } from './testing/mutate';
import type { Decoder } from './types';

const known = (id: string) => decoderById(id) !== undefined;

function pipeline(...steps: unknown[]): Decoder {
  const definition = parsePipeline({ id: 'mine', label: 'Mine', steps }, known);
  if (typeof definition === 'string') throw new Error(definition);
  return pipelineDecoder(definition, decoderById);
}

test('a header is skipped, and offsets still count from the start of the payload', () => {
  const { tree, kind } = decodeOne(
    pipeline({ skip: 4 }, { decoder: 'msgpack' }),
    Uint8Array.of(0, 0, 0, 9, ...encode({ type: 'a' })),
  );
  expect(kind).toBe('type:a');
  expect(nodeAt(tree, 'type')).toMatchObject({ value: 'a', start: 10, end: 12 });
});

test('what was unpacked is handed on', () => {
  const packed = gzipSync(encode({ price: 1.5 }));
  const { tree, json } = decodeOne(pipeline({ decoder: 'gzip' }, { decoder: 'msgpack' }), packed);
  expect(outline(tree)).toEqual({ price: '1.5' });
  expect(nodeAt(tree, 'price').start).toBeUndefined();
  expect(json?.()).toEqual({ price: 1.5 });
});

test('base64 around gzip around MessagePack is read in three steps', () => {
  const packed = btoa(String.fromCharCode(...gzipSync(encode({ type: 'tick', price: 1.5 }))));
  const mine = pipeline({ decoder: 'base64' }, { decoder: 'gzip' }, { decoder: 'msgpack' });
  const { tree, kind, summary, problem } = decodeOne(mine, packed);
  expect(outline(tree)).toEqual({ type: 'tick', price: '1.5' });
  expect(kind).toBe('type:tick');
  expect(summary).toContain('tick');
  expect(problem).toBeUndefined();
});

test('a value is taken from its place', () => {
  const mine = pipeline({ decoder: 'json', take: ['data', 'body'] }, { decoder: 'base64' }, { decoder: 'json' });
  const { json } = decodeOne(mine, JSON.stringify({ data: { body: btoa('{"n":1}') } }));
  expect(json?.()).toEqual({ n: 1 });
});

test('a step that fails is shown with what it could read', () => {
  const mine = pipeline({ decoder: 'json', take: ['data'] }, { decoder: 'base64' });
  const { tree, problem } = decodeOne(mine, '{"other":1}');
  expect(problem).toEqual({ message: 'step 1 (JSON): nothing at data', at: 0 });
  expect(nodeAt(tree, 'other').value).toBe('1');
  const broken = decodeOne(pipeline({ skip: 1 }, { decoder: 'json' }), '.{"a":');
  expect(broken.problem?.message).toMatch(/^step 2 \(JSON\): /);
  expect(decodeOne(pipeline({ skip: 9 }, { decoder: 'json' }), '{}').problem?.message).toBe(
    'step 1: 9 bytes to skip, 2 there',
  );
});

test.each([
  [null, 'a pipeline is an object with id, label and steps'],
  [{ id: 'json', label: 'J', steps: [{ decoder: 'json' }] }, 'there is a decoder "json" already'],
  [{ id: 'a b', label: 'J', steps: [] }, 'the id has to be a word of at most 40 letters'],
  [{ id: 'a', label: ' ', steps: [] }, 'the label is missing'],
  [{ id: 'a', label: 'A', steps: [] }, 'there have to be 1 to 16 steps'],
  [{ id: 'a', label: 'A', steps: [{ skip: -1 }] }, 'step 1: "skip" has to be a number of bytes'],
  [{ id: 'a', label: 'A', steps: [{ decoder: 'nope' }] }, 'step 1: there is no decoder "nope"'],
  [{ id: 'a', label: 'A', steps: [{ decoder: 'json', take: 'x' }] }, 'step 1: "take" has to be a list of names'],
  [{ id: 'a', label: 'A', steps: [{ skip: 1 }] }, 'the last step has to be a decoder'],
])('%j is refused', (value, message) => {
  expect(parsePipeline(value, known)).toBe(message);
});

test('is total on mutated input', () => {
  const definition: PipelineDefinition = {
    id: 'mine',
    label: 'Mine',
    steps: [{ skip: 2 }, { decoder: 'gzip', take: ['content'] }, { decoder: 'json', take: ['content'] }],
  };
  const seed = Uint8Array.of(0, 0, ...gzipSync(new TextEncoder().encode('{"a":[1,2,3]}')));
  fuzzDecoder(pipelineDecoder(definition, decoderById), [seed], 2000);
});
