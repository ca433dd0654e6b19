import * as reference from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { bson } from './bson';
import { decimal128 } from './decimal128';

const decode = (bytes: Uint8Array) => decodeOne(bson, bytes);

const id = new reference.ObjectId('64b5f0c2a1b2c3d4e5f60718');
const everything = reference.serialize({
  type: 'trade',
  price: 1.5,
  count: 7,
  big: 9007199254740993n,
  at: new Date('2026-11-21T00:00:00Z'),
  id,
  raw: new reference.Binary(Uint8Array.of(1, 2, 3)),
  ok: true,
  none: null,
  match: /a+/i,
  code: new reference.Code('f()'),
  scoped: new reference.Code('g()', { x: 1 }),
  stamp: new reference.Timestamp({ t: 1, i: 2 }),
  amount: reference.Decimal128.fromString('-12.50'),
  low: new reference.MinKey(),
  high: new reference.MaxKey(),
  nested: { list: [1, 'two', { three: 3 }] },
});

describe('BSON', () => {
  test('reads every type, with ranges and notes', () => {
    const { tree, problem, kind, summary } = decode(everything);
    expect(problem).toBeUndefined();
    expect(kind).toBe('type:trade');
    expect(summary.startsWith('{"type":"trade","price":1.5,"count":7,"big":9007199254740993')).toBe(true);
    expect(outline(tree)).toEqual({
      type: 'trade',
      price: '1.5',
      count: '7',
      big: '9007199254740993',
      at: '2026-11-21T00:00:00.000Z',
      id: '64b5f0c2a1b2c3d4e5f60718',
      raw: '3 bytes: 01 02 03',
      ok: 'true',
      none: 'null',
      match: '/a+/i',
      code: 'f()',
      scoped: 'g()',
      stamp: '4294967298',
      amount: '-12.50',
      low: 'MinKey',
      high: 'MaxKey',
      nested: { list: { 0: '1', 1: 'two', 2: { three: '3' } } },
    });
    expect(nodeAt(tree, 'id').note).toBe('ObjectId');
    const { start = 0, end = 0 } = nodeAt(tree, 'nested', 'list', '2', 'three');
    expect([...everything.subarray(start, end)]).toEqual([0x10, ...Buffer.from('three\0'), 3, 0, 0, 0]);
  });

  test('gives the values of the reference codec', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((key) => key.replaceAll('\0', '')),
          fc.jsonValue({ maxDepth: 3 }),
        ),
        (value) => {
          const clean: unknown = JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''));
          const bytes = reference.serialize(clean as reference.Document);
          const { problem, json } = decode(bytes);
          expect(problem).toBeUndefined();
          expect(json?.()).toEqual(reference.deserialize(bytes, { useBigInt64: false }));
        },
      ),
    );
  });

  test.each([
    '0',
    '1',
    '-1.5',
    '12.50',
    '1E+6',
    '1.234E-10',
    '0.00001',
    '9999999999999999999999999999999999',
    'NaN',
    '-Infinity',
    '0E-6176',
  ])('prints the decimal %s', (text) => {
    const value = reference.Decimal128.fromString(text);
    expect(decimal128(value.bytes)).toBe(value.toString());
  });

  test('shows what can be read of truncated input, and where it stopped', () => {
    const whole = reference.serialize({ a: 1, b: { c: 'hello' } });
    const { tree, problem, json } = decode(whole.subarray(0, whole.length - 6));
    expect(problem).toEqual({ message: '6 bytes missing', at: whole.length - 6 });
    expect(outline(tree)).toMatchObject({ a: '1' });
    expect(json?.()).toEqual({ a: 1 });
  });

  test('names what follows the document', () => {
    expect(decode(Uint8Array.of(5, 0, 0, 0, 0, 9)).problem).toEqual({
      message: 'more after the end of the document',
      at: 5,
    });
  });

  test('deep nesting costs nothing', () => {
    let bytes: Uint8Array = Uint8Array.of(5, 0, 0, 0, 0);
    for (let depth = 0; depth < 2000; depth++) {
      const length = bytes.length + 8;
      bytes = Uint8Array.from([length & 255, length >> 8, 0, 0, 3, 0x61, 0, ...bytes, 0]);
    }
    expect(decode(bytes).problem).toBeUndefined();
  });

  test('is total on mutated input', () => {
    fuzzDecoder(bson, [everything, reference.serialize({ a: [1, { b: 'x' }] })], 3000);
  });

  test('is sure of documents, not of other bytes', () => {
    const context = { url: '', protocol: '' };
    expect(bson.sniff(context, samplesOf(everything)).confidence).toBeGreaterThan(0.8);
    expect(bson.sniff(context, samplesOf(Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0))).confidence).toBe(0);
    expect(bson.sniff(context, samplesOf('{"a":1}')).confidence).toBe(0);
  });
});
