import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { form } from './form';

const message = 'name=J%C3%B6rg+M&tag=a&tag=b&empty=&bare&50%=1%2';

describe('form data', () => {
  test('gives pairs with byte ranges, as the platform reads them', () => {
    const { tree, json, kind } = decodeOne(form, message);
    expect(outline(tree)).toEqual({ name: 'Jörg M', tag: 'b', empty: '', bare: '', '50%': '1%2' });
    expect(json?.()).toEqual({ name: 'Jörg M', tag: ['a', 'b'], empty: '', bare: '', '50%': '1%2' });
    expect(kind).toBe('{name, tag, tag, empty, bare, 50%}');
    const { start, end } = nodeAt(tree, 'empty');
    expect(message.slice(start, end)).toBe('empty=');
    expect((tree.children?.() ?? []).map(({ name, value }) => [name, value])).toEqual([
      ...new URLSearchParams(message),
    ]);
  });

  test('is total on mutated input', () => {
    fuzzDecoder(form, [Buffer.from(message)], 3000);
    expect(decodeOne(form, 'a&'.repeat(30_000)).problem).toEqual({ message: 'more than 20000 pairs', at: 40_000 });
  });

  test('is sure of pairs, not of base64, words or sentences', () => {
    const context = { url: '', protocol: '' };
    expect(form.sniff(context, samplesOf('a=1&b=2', 'q=x')).confidence).toBeGreaterThan(0.4);
    expect(form.sniff(context, samplesOf('aGVsbG8=', 'aGVsbG8gYQ==', 'ping', 'a = b', '{"a":"b=c"}')).confidence).toBe(
      0,
    );
  });
});
