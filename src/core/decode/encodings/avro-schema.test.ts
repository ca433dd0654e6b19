import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAvro, readAvroFile } from '../../schema/parse-avro';
import { decodeOne, nodeAt, outline } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { avroBySchema } from './avro-schema';

const typesOf = (schema: unknown, name = 'a.avsc') =>
  parseAvro([readAvroFile(name, new TextEncoder().encode(JSON.stringify(schema)))]).types;
const decoder = (schema: unknown, root: string) =>
  avroBySchema('avro:x', 'x', typesOf(schema), { sent: root, received: root });
/** As avsc writes it. */
const encode = (schema: unknown, value: unknown) => Uint8Array.from(typeFor(schema).toBuffer(value));
const typeFor = (schema: unknown) => avsc.Type.forSchema(schema as avsc.Schema, { wrapUnions: true });

const TRADE = {
  type: 'record',
  name: 'Trade',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'symbol', type: 'string' },
    { name: 'side', type: { type: 'enum', name: 'Side', symbols: ['BUY', 'SELL'] } },
    { name: 'price', type: 'double' },
    { name: 'ratio', type: 'float' },
    { name: 'note', type: ['null', 'string'], default: null },
    { name: 'lots', type: { type: 'array', items: 'int' } },
    {
      name: 'fees',
      type: { type: 'map', values: { type: 'record', name: 'Money', fields: [{ name: 'units', type: 'long' }] } },
    },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 4 } },
    { name: 'raw', type: 'bytes' },
    { name: 'open', type: 'boolean' },
    { name: 'nothing', type: 'null' },
    { name: 'parent', type: ['null', 'Trade'], default: null },
    { name: 'total', type: ['null', 'Money'], default: null },
  ],
};
const trade = {
  id: 4503599627370496,
  symbol: 'AU',
  side: 'SELL',
  price: 2650.5,
  ratio: 0.5,
  note: { string: 'ok' },
  lots: [1, -2, 300],
  fees: { broker: { units: 5 }, tax: { units: -1 } },
  hash: Buffer.from([1, 2, 3, 4]),
  raw: Buffer.from([0xff]),
  open: true,
  nothing: null,
  parent: {
    'shop.Trade': {
      ...{ id: 1, symbol: '', side: 'BUY', price: 0, ratio: 0, note: null, lots: [], fees: {} },
      ...{ hash: Buffer.alloc(4), raw: Buffer.alloc(0), open: false, nothing: null, parent: null, total: null },
    },
  },
  total: { 'shop.Money': { units: 7 } },
};
const bytes = encode(TRADE, trade);

describe('Avro by a schema', () => {
  test('names fields, symbols and cases', () => {
    const { tree, kind, summary, problem, json } = decodeOne(decoder(TRADE, 'shop.Trade'), bytes);
    expect(problem).toBeUndefined();
    expect(kind).toBe('Trade');
    expect(summary).toMatch(
      /^Trade \{id: 4503599627370496, symbol: "AU", side: SELL, price: 2650.5, ratio: 0.5, note: "ok", lots: \[1, -2, 300\], fees: \{broker: \{units: 5\}, /,
    );
    expect(outline(tree)).toMatchObject({
      id: '4503599627370496',
      side: 'SELL',
      note: 'ok',
      lots: { 0: '1', 1: '-2', 2: '300' },
      fees: { broker: { units: '5' }, tax: { units: '-1' } },
      hash: '4 bytes: 01 02 03 04',
      open: 'true',
      nothing: 'null',
      parent: { symbol: '', side: 'BUY', parent: 'null' },
      total: { units: '7' },
    });
    expect(nodeAt(tree, 'side').note).toBe('enum, shop.Side');
    expect(json?.()).toMatchObject({
      id: 4503599627370496,
      note: 'ok',
      fees: { tax: { units: -1 } },
      parent: { total: null },
    });
  });

  test('every value has its bytes', () => {
    const { tree } = decodeOne(decoder(TRADE, 'shop.Trade'), bytes);
    const at = (...path: string[]) => {
      const { start = 0, end = 0 } = nodeAt(tree, ...path);
      return [...bytes.subarray(start, end)];
    };
    expect(at('symbol')).toEqual([4, 0x41, 0x55]);
    expect(at('note')).toEqual([2, 4, 0x6f, 0x6b]);
    expect(at('lots', '2')).toEqual([0xd8, 0x04]);
    expect(at('fees', 'tax')).toEqual([6, 0x74, 0x61, 0x78, 1]);
    expect(at('total', 'units')).toEqual([14]);
    expect(nodeAt(tree, 'total').end).toBe(bytes.length);
  });

  test('integers beyond 2^53 are exact', () => {
    const { tree, json } = decodeOne(
      decoder('long', 'a.avsc'),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
    );
    expect(tree).toMatchObject({ type: 'bigint', value: '-9223372036854775808' });
    expect(json?.()).toBe(-9223372036854775808n);
  });

  test('logical types are told', () => {
    const schema = {
      type: 'record',
      name: 'L',
      fields: [
        { name: 'date', type: { type: 'int', logicalType: 'date' } },
        { name: 'ms', type: { type: 'long', logicalType: 'timestamp-millis' } },
        { name: 'us', type: { type: 'long', logicalType: 'timestamp-micros' } },
        { name: 'local', type: { type: 'long', logicalType: 'local-timestamp-millis' } },
        { name: 'time', type: { type: 'int', logicalType: 'time-millis' } },
        { name: 'amount', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
        { name: 'small', type: { type: 'fixed', name: 'F', size: 2, logicalType: 'decimal', precision: 4, scale: 3 } },
        { name: 'uuid', type: { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' } },
        { name: 'last', type: { type: 'fixed', name: 'D', size: 12, logicalType: 'duration' } },
        { name: 'own', type: { type: 'string', logicalType: 'mine' } },
      ],
    };
    const data = encode(schema, {
      ...{ date: 20778, ms: 1795221911500, us: 1795221911500123, local: 1795221911500, time: 3723004 },
      ...{ amount: Buffer.from([0xff, 0x38]), small: Buffer.from([0, 5]), own: 'x' },
      uuid: Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
      last: Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]),
    });
    const { tree } = decodeOne(decoder(schema, 'L'), data);
    expect(outline(tree)).toEqual({
      date: '2026-11-21',
      ms: '2026-11-21T00:45:11.500Z',
      us: '2026-11-21T00:45:11.500Z',
      local: '2026-11-21T00:45:11.500',
      time: '01:02:03.004',
      amount: '-2.00',
      small: '0.005',
      uuid: '00112233-4455-6677-8899-aabbccddeeff',
      last: '1 months, 2 days, 3 ms',
      own: 'x',
    });
    expect(nodeAt(tree, 'us').note).toBe('timestamp-micros 1795221911500123');
  });

  test("Confluent's header and that of a single object are skipped and shown", () => {
    const confluent = Uint8Array.of(0, 0, 0, 1, 2, ...bytes);
    const { tree, summary, problem } = decodeOne(decoder(TRADE, 'shop.Trade'), confluent);
    expect(problem).toBeUndefined();
    expect(summary).toMatch(/^Trade \{id: 4503599627370496/);
    expect(nodeAt(tree, 'schema')).toMatchObject({ value: '258', start: 0, end: 5 });
    expect(nodeAt(tree, 'value', 'symbol')).toMatchObject({
      value: 'AU',
      end: 5 + (nodeAt(decodeOne(decoder(TRADE, 'shop.Trade'), bytes).tree, 'symbol').end ?? 0),
    });
    const single = Uint8Array.of(0xc3, 1, 8, 7, 6, 5, 4, 3, 2, 1, ...bytes);
    expect(nodeAt(decodeOne(decoder(TRADE, 'shop.Trade'), single).tree, 'schema').value).toBe('0102030405060708');
    // A value that begins with a zero is one.
    const plain = decodeOne(decoder({ type: 'array', items: 'long' }, 'a.avsc'), Uint8Array.of(0));
    expect(plain.tree).toMatchObject({ type: 'array', value: '[]' });
  });

  test('an enum named type is the kind; a union at the root is one of its cases', () => {
    const schema = [
      {
        type: 'record',
        name: 'A',
        fields: [{ name: 'type', type: { type: 'enum', name: 'T', symbols: ['PING', 'PONG'] } }],
      },
      { type: 'record', name: 'B', fields: [{ name: 'n', type: 'int' }] },
    ];
    expect(decodeOne(decoder(schema, 'a.avsc'), Uint8Array.of(0, 2))).toMatchObject({
      kind: 'PONG',
      summary: 'A {type: PONG}',
    });
    expect(decodeOne(decoder(schema, 'a.avsc'), Uint8Array.of(2, 2))).toMatchObject({ kind: 'B', summary: 'B {n: 1}' });
    expect(decodeOne(decoder(schema, 'B'), Uint8Array.of(2)).kind).toBe('B');
  });

  test('shows what could be read of broken input, and where it stopped', () => {
    const { tree, problem } = decodeOne(decoder(TRADE, 'shop.Trade'), bytes.subarray(0, 30));
    expect(problem?.at).toBeGreaterThan(20);
    expect(nodeAt(tree, 'price').value).toBe('2650.5');
    expect(decodeOne(decoder('int', 'a.avsc'), Uint8Array.of(2, 7)).problem).toEqual({
      message: '1 bytes are left after the value',
      at: 1,
    });
    expect(decodeOne(decoder(['null', 'int'], 'a.avsc'), Uint8Array.of(8)).problem?.message).toBe('case 4 of 2');
  });

  test('values without bytes cost nothing', () => {
    const nulls = decoder({ type: 'array', items: 'null' }, 'a.avsc');
    const { tree, problem } = decodeOne(nulls, Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0));
    expect(problem).toBeUndefined();
    expect(tree.children?.().length).toBe(1000);
    const loop = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 'a', type: 'R' },
        { name: 'b', type: 'R' },
      ],
    };
    expect(decodeOne(decoder(loop, 'R'), Uint8Array.of(1)).problem?.message).toMatch(/too/);
  });

  test('what avsc encodes is what is read', () => {
    const value = fc.record({
      id: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
      symbol: fc.string({ unit: 'grapheme' }),
      side: fc.constantFrom('BUY', 'SELL'),
      price: fc.double({ noNaN: true }),
      ratio: fc.float({ noNaN: true }),
      note: fc.option(fc.record({ string: fc.string() })),
      lots: fc.array(fc.integer()),
      fees: fc.dictionary(fc.string(), fc.record({ units: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }) }), {
        noNullPrototype: true,
      }),
      hash: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((each) => Buffer.from(each)),
      raw: fc.uint8Array().map((each) => Buffer.from(each)),
      open: fc.boolean(),
      nothing: fc.constant(null),
      parent: fc.constant(null),
      total: fc.constant(null),
    });
    fc.assert(
      fc.property(value, (each) => {
        const { json, problem } = decodeOne(decoder(TRADE, 'shop.Trade'), encode(TRADE, each));
        expect(problem).toBeUndefined();
        expect(json?.()).toEqual({
          ...each,
          note: each.note?.string ?? null,
          hash: Uint8Array.from(each.hash),
          raw: Uint8Array.from(each.raw),
        });
      }),
    );
  });

  test('is total on mutated input', () => {
    fuzzDecoder(decoder(TRADE, 'shop.Trade'), [bytes, Uint8Array.of(0, 0, 0, 1, 2, ...bytes)], 800);
  });
});

describe('.avsc files', () => {
  const refused = (text: string) => () => parseAvro([readAvroFile('a.avsc', new TextEncoder().encode(text))]);

  test('types may name each other across files and namespaces', () => {
    const file = (name: string, schema: unknown) =>
      readAvroFile(name, new TextEncoder().encode(JSON.stringify(schema)));
    const { types, chosen } = parseAvro([
      file('a.avsc', {
        type: 'record',
        name: 'x.A',
        fields: [
          { name: 'b', type: 'B' },
          { name: 'c', type: { type: 'y.C' } },
        ],
      }),
      file('b.avsc', [
        { type: 'fixed', name: 'B', namespace: 'x', size: 1 },
        { type: 'enum', name: 'C', namespace: 'y', symbols: ['N'] },
      ]),
      file('p.avpr', {
        protocol: 'P',
        namespace: 'p',
        types: [{ type: 'record', name: 'R', fields: [] }],
        messages: {},
      }),
    ]);
    expect(chosen).toEqual([['x.A'], ['b.avsc', 'x.B', 'y.C'], ['p.R']]);
    expect(types.named['x.A']).toEqual({
      type: 'record',
      fields: [
        { name: 'b', of: { type: 'ref', name: 'x.B' } },
        { name: 'c', of: { type: 'ref', name: 'y.C' } },
      ],
    });
  });

  test.each([
    ['{"type": "record",\n "name": }', /^a\.avsc, line 2: /],
    [
      '{"type": "record", "name": "A",\n "fields": [\n {"name": "b", "type": "Missing"}]}',
      'a.avsc, line 3: there is no type "Missing"',
    ],
    ['{"type": "record", "name": "A"}', 'a.avsc, line 1: a record needs "fields"'],
    ['{"type": "enum", "name": "A"}', 'a.avsc, line 1: an enum needs "symbols"'],
    ['{"type": "fixed", "name": "A", "size": -1}', 'a.avsc, line 1: a fixed needs a "size" in bytes'],
    ['{"type": "record", "fields": []}', 'a.avsc, line 1: a record needs a name'],
    ['{"type": "array"}', 'a.avsc, line 1: a type has to be a name, an object or a list'],
    ['[]', 'a.avsc, line 1: a union without types'],
    ['7', 'a.avsc, line 1: a type has to be a name, an object or a list'],
  ])('%s is refused', (text, message) => {
    expect(refused(text)).toThrow(message);
  });
});
