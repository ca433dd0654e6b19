import fc from 'fast-check';
import protobufjs from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { linkProto } from '../../schema/link-proto';
import { parseProto } from '../../schema/parse-proto';
import { decodeOne, nodeAt, outline } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { protobufBySchema } from './protobuf-schema';

const SOURCE = `
  syntax = "proto3";
  package shop;
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/any.proto";

  enum Side { UNKNOWN = 0; BUY = 1; SELL = 2; }
  message Money { string currency = 1; sint64 units = 2; }
  message Order {
    uint64 id = 1;
    string symbol = 2;
    Side side = 3;
    double price = 4;
    float ratio = 5;
    Money total = 6;
    repeated int32 lots = 7;
    repeated string tags = 8;
    map<string, Money> fees = 9;
    oneof means { string card = 10; Money cash = 11; }
    bytes raw = 12;
    bool urgent = 13;
    sfixed32 delta = 14;
    google.protobuf.Timestamp at = 15;
    google.protobuf.Duration ttl = 16;
    map<int32, bool> flags = 17;
    repeated Order parts = 18;
    google.protobuf.Any detail = 19;
    repeated Side sides = 20;
    int64 balance = 21;
    optional int32 maybe = 22;
    fixed64 big = 23;
  }
  message Event { oneof body { Order order = 1; Money money = 2; } }
`;
const types = linkProto([parseProto('shop.proto', SOURCE)]);
const root = protobufjs.parse(
  SOURCE.replace(/import .*;/g, ''),
  protobufjs.Root.fromJSON({
    nested: {
      google: {
        nested: {
          protobuf: {
            nested: {
              Timestamp: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } },
              Duration: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } },
              Any: { fields: { type_url: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
            },
          },
        },
      },
    },
  }),
  { keepCase: true },
).root;
const encode = (type: string, value: object) => {
  const of = root.lookupType(`shop.${type}`);
  return Uint8Array.from(of.encode(of.fromObject(value)).finish());
};
const decoder = (type: string, sent = type) =>
  protobufBySchema('protobuf:x', 'Protobuf x', types, { sent: `shop.${sent}`, received: `shop.${type}` });

const ORDER = {
  id: '18446744073709551615',
  symbol: 'AU',
  side: 'SELL',
  price: 2650.5,
  ratio: 0.1,
  total: { currency: 'EUR', units: '-9007199254740993' },
  lots: [1, -2, 300],
  tags: ['a', 'b'],
  fees: { broker: { currency: 'EUR', units: 5 }, tax: { currency: 'CHF' } },
  cash: { currency: 'USD', units: 1 },
  raw: Uint8Array.of(0xff, 0xfe, 1),
  urgent: true,
  delta: -7,
  at: { seconds: 1795221911, nanos: 5e8 },
  ttl: { seconds: 1, nanos: 5e8 },
  flags: { 7: true, 8: false },
  parts: [{ id: 1 }, { symbol: 'AG' }],
  detail: { type_url: 'type.googleapis.com/shop.Money', value: encode('Money', { currency: 'JPY', units: 3 }) },
  sides: ['BUY', 'SELL'],
  balance: '-9223372036854775808',
};
const bytes = encode('Order', ORDER);

describe('Protobuf by a schema', () => {
  test('names fields, enums, maps, oneofs and what lies within', () => {
    const { tree, problem, kind, summary } = decodeOne(decoder('Order'), bytes);
    expect(problem).toBeUndefined();
    expect(kind).toBe('Order');
    expect(summary).toMatch(
      /^Order \{id: 18446744073709551615, symbol: "AU", side: SELL, price: 2650.5, ratio: 0.1, total: \{/,
    );
    expect(outline(tree)).toMatchObject({
      id: '18446744073709551615',
      side: 'SELL',
      ratio: '0.1',
      total: { currency: 'EUR', units: '-9007199254740993' },
      lots: { 0: '1', 1: '-2', 2: '300' },
      tags: { 0: 'a', 1: 'b' },
      fees: { broker: { currency: 'EUR', units: '5' }, tax: { currency: 'CHF' } },
      cash: { currency: 'USD' },
      raw: '3 bytes: ff fe 01',
      urgent: 'true',
      delta: '-7',
      flags: { 7: 'true', 8: 'false' },
      parts: { 0: { id: '1' }, 1: { symbol: 'AG' } },
      detail: { type_url: 'type.googleapis.com/shop.Money', value: { currency: 'JPY', units: '3' } },
      sides: { 0: 'BUY', 1: 'SELL' },
      balance: '-9223372036854775808',
    });
    expect(nodeAt(tree, 'id').note).toBe('#1 uint64');
    expect(nodeAt(tree, 'side').note).toBe('#3 shop.Side, 2');
    expect(nodeAt(tree, 'cash').note).toBe('#11 shop.Money, oneof means');
    expect(nodeAt(tree, 'at')).toMatchObject({ value: '2026-11-21T00:45:11.500Z' });
    expect(nodeAt(tree, 'ttl').value).toBe('1.5 s');
  });

  test('every field has its bytes', () => {
    const { tree } = decodeOne(decoder('Order'), bytes);
    const text = (path: string[]) => {
      const { start = 0, end = 0 } = nodeAt(tree, ...path);
      return [...bytes.subarray(start, end)];
    };
    expect(text(['symbol'])).toEqual([0x12, 2, 0x41, 0x55]);
    expect(text(['total', 'currency'])).toEqual([0x0a, 3, 0x45, 0x55, 0x52]);
    expect(text(['lots'])[0]).toBe(0x3a);
    expect(text(['lots', '2'])).toEqual([0xac, 0x02]);
    expect(text(['tags', '1'])).toEqual([0x42, 1, 0x62]);
    expect(text(['fees', 'broker', 'currency'])).toEqual([0x0a, 3, 0x45, 0x55, 0x52]);
    expect(text(['flags', '7'])).toEqual([0x8a, 1, 4, 8, 7, 16, 1]);
  });

  test('gives the value with exact integers', () => {
    expect(decodeOne(decoder('Order'), bytes).json?.()).toMatchObject({
      id: 18446744073709551615n,
      side: 'SELL',
      total: { currency: 'EUR', units: -9007199254740993n },
      lots: [1, -2, 300],
      fees: { broker: { currency: 'EUR', units: 5 }, tax: { currency: 'CHF' } },
      flags: { 7: true, 8: false },
      detail: { value: { currency: 'JPY', units: 3 } },
      sides: ['BUY', 'SELL'],
      balance: -9223372036854775808n,
    });
  });

  test('the kind is the case of a oneof; directions have types of their own', () => {
    const event = encode('Event', { order: { id: 1 } });
    expect(decodeOne(decoder('Event'), event).kind).toBe('order');
    const both = decoder('Money', 'Event');
    expect(decodeOne(both, event, { direction: 'sent' }).kind).toBe('order');
    expect(decodeOne(both, encode('Money', { currency: 'EUR' }), { direction: 'received' }).kind).toBe('Money');
    const half = protobufBySchema('x', 'x', types, { sent: '', received: 'shop.Money' });
    expect(decodeOne(half, event, { direction: 'sent' }).kind).toBe('{1}');
  });

  test('unknown fields keep their number; other types than the schema says are told', () => {
    const mixed = Uint8Array.of(...encode('Money', { currency: 'EUR' }), 0x98, 0x06, 7, 0x12, 1, 0x61);
    const { tree, problem } = decodeOne(decoder('Money'), mixed);
    expect(nodeAt(tree, '99')).toMatchObject({ value: '7', note: expect.stringContaining('not in the schema') });
    expect(problem).toEqual({ message: 'field 2 is bytes with a length, and not units of type sint64', at: 8 });
    expect(nodeAt(tree, 'units').value).toBe('a');
    const { tree: foreign } = decodeOne(decoder('Money'), Uint8Array.of(0x98, 0x06, 7));
    expect(foreign.note).toBe('shop.Money, but the schema has none of these fields');
  });

  test('shows what could be read of broken input and where it stopped', () => {
    const cut = bytes.subarray(0, 40);
    const { tree, problem } = decodeOne(decoder('Order'), cut);
    expect(problem?.at).toBeGreaterThan(20);
    expect(nodeAt(tree, 'symbol').value).toBe('AU');
    const inner = Uint8Array.of(0x32, 3, 0x0a, 9, 0x61);
    expect(decodeOne(decoder('Order'), inner).problem).toEqual({ message: '9 bytes expected, 1 left', at: 4 });
    expect(decodeOne(decoder('Order'), Uint8Array.of(0x3a, 2, 1, 0x80)).problem?.message).toMatch(/^lots: /);
  });

  test('messages with their lengths before them are a list', () => {
    const event = root.lookupType('shop.Event');
    const parts = [{ money: { currency: 'EUR' } }, { order: { symbol: 'AU', price: 1.5 } }].map((each) =>
      event.fromObject(each),
    );
    const writer = protobufjs.Writer.create();
    for (const part of parts) event.encodeDelimited(part, writer);
    const lengths = Uint8Array.from(writer.finish());
    const { tree, summary, kind, problem, json } = decodeOne(decoder('Event'), lengths);
    expect(problem).toBeUndefined();
    expect([kind, summary]).toEqual(['money', '2 items: Event {money: {currency: "EUR"}}']);
    expect(outline(tree)).toEqual({ 0: { money: { currency: 'EUR' } }, 1: { order: { symbol: 'AU', price: '1.5' } } });
    expect(nodeAt(tree, '1')).toMatchObject({ start: 8, end: lengths.length });
    expect(json?.()).toEqual([{ money: { currency: 'EUR' } }, { order: { symbol: 'AU', price: 1.5 } }]);

    const message = encode('Event', { money: { currency: 'EUR' } });
    const trailers = new TextEncoder().encode('grpc-status: 0\r\n');
    const grpc = Uint8Array.of(0, 0, 0, 0, message.length, ...message, 0x80, 0, 0, 0, trailers.length, ...trailers);
    const called = decodeOne(decoder('Event'), grpc);
    expect(called).toMatchObject({ kind: 'money', summary: 'Event {money: {currency: "EUR"}}' });
    expect(called.problem).toBeUndefined();
    expect(outline(called.tree)).toEqual({ 0: { money: { currency: 'EUR' } }, 1: 'grpc-status: 0\r\n' });
    // Lengths that do not add up are a broken message.
    expect(decodeOne(decoder('Event'), grpc.subarray(0, 20)).problem).toBeDefined();
  });

  test('a list in several places counts on, a message in several places is merged', () => {
    const twice = Uint8Array.of(
      ...encode('Order', { lots: [1, 2], total: { currency: 'EUR' } }),
      ...encode('Order', { lots: [3], total: { units: 9 }, card: 'x' }),
      ...encode('Order', { cash: { units: 1 } }),
    );
    const { tree, json } = decodeOne(decoder('Order'), twice);
    const lists = tree.children?.().filter(({ name }) => name === 'lots') ?? [];
    expect(lists.map((list) => list.children?.().map(({ name }) => name))).toEqual([['0', '1'], ['2']]);
    expect(lists[1]?.note).toBe('#7 int32, continued');
    expect(json?.()).toEqual({ lots: [1, 2, 3], total: { currency: 'EUR', units: 9 }, cash: { units: 1 } });
  });

  test('a list of millions opens by parts', () => {
    const many = encode('Order', { lots: Array.from({ length: 2_500 }, (_, i) => i) });
    const { tree } = decodeOne(decoder('Order'), many);
    const groups = nodeAt(tree, 'lots').children?.() ?? [];
    expect(groups.map(({ name }) => name)).toEqual(['0 … 999', '1000 … 1999', '2000 … 2499']);
    const last = groups[2]?.children?.().at(-1);
    expect(last).toMatchObject({ name: '2499', value: '2499', end: many.length });
  });

  test('proto2: groups, extensions, lists that are not packed', () => {
    const source = `
      syntax = "proto2";
      message A {
        required int32 n = 1;
        optional group Inner = 2 { optional string text = 1; repeated group Deep = 3 { optional bool ok = 1; } }
        repeated int32 list = 5;
        extensions 100 to max;
      }
      extend A { optional string extra = 100; }`;
    const types = linkProto([parseProto('a.proto', source)]);
    const made = protobufjs.parse(source, { keepCase: true }).root.lookupType('A');
    const value = { n: -1, inner: { text: 'hi', deep: [{ ok: true }, {}] }, list: [1, 2], '.extra': 'more' };
    const { tree, problem, json } = decodeOne(
      protobufBySchema('x', 'x', types, { sent: 'A', received: 'A' }),
      Uint8Array.from(made.encode(made.fromObject(value)).finish()),
    );
    expect(problem).toBeUndefined();
    expect(outline(tree)).toEqual({
      n: '-1',
      inner: { text: 'hi', deep: { 0: { ok: 'true' }, 1: {} } },
      list: { 0: '1', 1: '2' },
      '[extra]': 'more',
    });
    expect(json?.()).toEqual({
      n: -1,
      inner: { text: 'hi', deep: [{ ok: true }, {}] },
      list: [1, 2],
      '[extra]': 'more',
    });
  });

  test('what protobufjs encodes is what is read', () => {
    const money = fc.record(
      { currency: fc.string(), units: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) },
      { requiredKeys: [] },
    );
    const order = fc.record(
      {
        id: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
        symbol: fc.string({ minLength: 1 }),
        side: fc.constantFrom('BUY', 'SELL'),
        price: fc.double({ noNaN: true, noDefaultInfinity: true }),
        ratio: fc.float({ noNaN: true, noDefaultInfinity: true }),
        total: money,
        lots: fc.array(fc.integer(), { minLength: 1 }),
        tags: fc.array(fc.string(), { minLength: 1 }),
        fees: fc.dictionary(fc.string(), money, { minKeys: 1, noNullPrototype: true }),
        raw: fc.uint8Array({ minLength: 1 }),
        delta: fc.integer(),
        sides: fc.array(fc.constantFrom('BUY', 'SELL'), { minLength: 1 }),
        big: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(order, (value) => {
        const encoded = encode('Order', value);
        const { json, problem } = decodeOne(decoder('Order'), encoded);
        expect(problem).toBeUndefined();
        const of = root.lookupType('shop.Order');
        const expected = of.toObject(of.decode(encoded), { longs: String, enums: String });
        expect(plain(json?.())).toEqual(plain(expected));
      }),
    );
  });

  test('is total on mutated input', () => {
    fuzzDecoder(decoder('Order'), [bytes], 800);
    fuzzDecoder(decoder('Event'), [encode('Event', { order: ORDER })], 300);
  });
});

/** 64-bit numbers as text, floats as floats, bytes as arrays: as both sides can say it. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : Math.fround(value);
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
