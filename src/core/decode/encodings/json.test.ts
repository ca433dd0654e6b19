import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../reader';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import type { DecodedNode } from '../types';
import { json } from './json';

const decode = (message: string) => decodeOne(json, message);
const source = (message: string, { start, end }: DecodedNode) =>
  utf8(new TextEncoder().encode(message).subarray(start, end));

describe('JSON', () => {
  test('gives a tree with byte ranges, also after multi-byte characters', () => {
    const message = '{"ä": "ö€", "list": [1, {"deep": true}], "n": null}';
    const { tree, summary, problem } = decode(message);
    expect(problem).toBeUndefined();
    expect(outline(tree)).toEqual({ ä: 'ö€', list: { 0: '1', 1: { deep: 'true' } }, n: 'null' });
    expect(source(message, nodeAt(tree, 'ä'))).toBe('"ö€"');
    expect(source(message, nodeAt(tree, 'list', '1', 'deep'))).toBe('true');
    expect(summary).toBe('{"ä":"ö€","list":[1,{"deep":true}],"n":null}');
  });

  test('keeps integers beyond 2^53 and the source text of numbers', () => {
    const { tree, json: value } = decode('{"id": 12345678901234567890, "price": 1.50, "safe": 9007199254740991}');
    expect(nodeAt(tree, 'id')).toMatchObject({ type: 'bigint', value: '12345678901234567890' });
    expect(nodeAt(tree, 'price')).toMatchObject({ type: 'number', value: '1.50' });
    expect(value?.()).toEqual({ id: 12345678901234567890n, price: 1.5, safe: 9007199254740991 });
  });

  test('a member named __proto__ is a member', () => {
    const value = decode('{"__proto__": {"a": 1234567890123456789}}').json?.();
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('opens JSON within strings, with ranges where nothing is escaped', () => {
    const message = String.raw`{"a": "{\"b\": [1, 2]}", "c": "[7, 8]"}`;
    const { tree } = decode(message);
    expect(outline(tree)).toEqual({ a: { b: { 0: '1', 1: '2' } }, c: { 0: '7', 1: '8' } });
    expect(nodeAt(tree, 'a', 'b').start).toBeUndefined();
    expect(source(message, nodeAt(tree, 'c', '1'))).toBe('8');
    expect(nodeAt(tree, 'c').value).toBe('[7, 8]');
  });

  test('reads newline-delimited JSON', () => {
    const { tree, problem, json: value } = decode('{"a":1}\n{"a":2}\n\n{"a":3}\n');
    expect(problem).toBeUndefined();
    expect(tree.note).toBe('NDJSON');
    expect(value?.()).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  test('shows what can be read of truncated text, and where it stopped', () => {
    const message = '{"a": [1, 2, {"b": "x", "c": tru';
    const { tree, problem, json: value } = decode(message);
    expect(problem).toEqual({ message: 'the text ends where true is expected', at: message.length });
    expect(outline(tree)).toMatchObject({ a: { 0: '1', 1: '2', 2: { b: 'x' } } });
    expect(nodeAt(tree, 'a', '2', 'c')).toMatchObject({ type: 'error' });
    expect(value?.()).toBeUndefined();
  });

  test.each([
    ['{"a":1,}', 'a name in quotes expected', 7],
    ['[1 2]', '"," or "]" expected', 3],
    ['[1] 2', 'more after the end of the JSON value', 4],
    ['{"a":01}', '"," or "}" expected', 6],
    ['["\\x"]', 'unknown escape in a string', 2],
  ])('%s is broken', (message, problem, at) => {
    expect(decode(message).problem).toEqual({ message: problem, at });
  });

  test('names the kind by a discriminating member, the first word or the shape', () => {
    expect(decode('{"price": 1, "type": "trade"}').kind).toBe('type:trade');
    expect(decode('{"op": 2, "d": {}}').kind).toBe('op 2');
    expect(decode('["trade", {}]').kind).toBe('[trade]');
    expect(decode('{"price": 1, "size": 2}').kind).toBe('{price, size}');
  });

  test('agrees with JSON.parse on random values', () => {
    fc.assert(
      fc.property(fc.json(), (message) => {
        const { problem, json: value } = decode(message);
        expect(problem).toBeUndefined();
        expect(value?.()).toEqual(JSON.parse(message));
      }),
    );
  });

  test('agrees with JSON.parse on which texts are JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'[]{}",:0-1.e+ truefalsn\\u\n'.split('')), { maxLength: 12 }),
        (parts) => {
          const message = parts.join('');
          expect(`${decode(message).problem === undefined}`).toBe(`${accepts(message)}`);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('a long list is given in groups, each opened alone', () => {
    const { tree } = decode(JSON.stringify(Array.from({ length: 2500 }, (_, i) => i)));
    const groups = tree.children?.() ?? [];
    expect(groups.map((group) => group.name)).toEqual(['0 … 999', '1000 … 1999', '2000 … 2499']);
    expect(groups[2]?.group).toBe(true);
    expect(groups[2]?.children?.()[499]).toMatchObject({ name: '2499', value: '2499' });
  });

  test('deep nesting costs no stack and no quadratic time', () => {
    const depth = 200_000;
    const message = `${'['.repeat(depth)}12345678901234567890${']'.repeat(depth)}`;
    const { problem, json: value } = decode(message);
    expect(problem).toBeUndefined();
    expect(Array.isArray(value?.())).toBe(true);
    expect(decode('{"a":'.repeat(depth)).problem?.at).toBe(depth * 5);
  });

  test('is total on mutated input', () => {
    const seeds = [
      '{"type":"trade","p":[1,2.5e3,-0],"s":"\\u00e4\\n","n":null}',
      '{"a":1}\n{"b":2}',
      '["x","{\\"y\\":1}"]',
    ];
    fuzzDecoder(
      json,
      seeds.map((seed) => new TextEncoder().encode(seed)),
      3000,
    );
  });

  test('is sure of JSON, not of words and numbers', () => {
    const context = { url: '', protocol: '' };
    expect(json.sniff(context, samplesOf('{"a":1}', '[1]')).confidence).toBeGreaterThan(0.5);
    expect(json.sniff(context, samplesOf('hello', '42', '[not json')).confidence).toBe(0);
  });
});

function accepts(message: string): boolean {
  try {
    JSON.parse(message);
    return true;
  } catch (error) {
    // Newline-delimited values and short heartbeats are read too; neither is a single JSON text.
    return (
      error instanceof SyntaxError &&
      json.decode(new TextEncoder().encode(message), CONTEXT).tree.note === 'NDJSON' &&
      lines(message)
    );
  }
}

const CONTEXT = { url: '', protocol: '', direction: 'received', text: true, state: {} } as const;

function lines(message: string): boolean {
  return message.split('\n').every((line) => line.trim() === '' || accepts(line));
}
