import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { protobuf } from './protobuf';

const decode = (bytes: Uint8Array) => decodeOne(protobuf, bytes);

/** A message as the reference library writes it. */
const order = new BinaryWriter()
  .uint32((1 << 3) | WireType.Varint)
  .uint32(150)
  .uint32((2 << 3) | WireType.LengthDelimited)
  .string('tésting')
  .uint32((3 << 3) | WireType.LengthDelimited)
  .fork()
  .uint32((1 << 3) | WireType.Varint)
  .sint32(-2)
  .uint32((2 << 3) | WireType.Bit64)
  .double(2.5)
  .join()
  .uint32((4 << 3) | WireType.Bit32)
  .float(1.5)
  .uint32((5 << 3) | WireType.Varint)
  .int64(-1)
  .uint32((6 << 3) | WireType.LengthDelimited)
  .bytes(Uint8Array.of(0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05))
  .uint32((7 << 3) | WireType.LengthDelimited)
  .string('a')
  .uint32((7 << 3) | WireType.LengthDelimited)
  .string('b')
  .finish();

describe('Protobuf without a schema', () => {
  test('gives fields by number, with ranges and what else a number may be', () => {
    const { tree, kind, summary, problem, json } = decode(order);
    expect(problem).toBeUndefined();
    expect(kind).toBe('{1, 2, 3, 4, 5, 6, 7}');
    expect(summary).toBe(
      '{1: 150, 2: "tésting", 3: {1: 3, 2: 4612811918334230528}, 4: 1069547520, 5: 18446744073709551615, 6: [3, 270, 86942], 7: "a", 7: "b"}',
    );
    expect(outline(tree)).toMatchObject({ 1: '150', 2: 'tésting', 3: { 1: '3' }, 6: '6 bytes: 03 8e 02 9e a7 05' });
    expect(nodeAt(tree, '3').note).toBe('message');
    expect(nodeAt(tree, '3', '1').note).toBe('varint, zigzag -2');
    expect(nodeAt(tree, '3', '2').note).toContain('double 2.5');
    expect(nodeAt(tree, '4').note).toContain('float 1.5');
    expect(nodeAt(tree, '5').note).toContain('signed -1');
    expect(nodeAt(tree, '6').note).toBe('packed 3, 270, 86942');
    const { start, end } = nodeAt(tree, '1');
    expect([...order.subarray(start, end)]).toEqual([0x08, 0x96, 0x01]);
    expect(json?.()).toMatchObject({ 1: 150, 5: 18446744073709551615n, 6: [3, 270, 86942], 7: ['a', 'b'] });
  });

  test('reads groups, also in one another', () => {
    const group = Uint8Array.of(0x0b, 0x13, 0x08, 1, 0x14, 0x20, 2, 0x0c, 0x18, 3);
    expect(outline(decode(group).tree)).toEqual({ 1: { 2: { 1: '1' }, 4: '2' }, 3: '3' });
    expect(decode(Uint8Array.of(0x0b, 0x13, 0x0c)).problem).toEqual({
      message: 'a group that another one ends',
      at: 2,
    });
    expect(decode(Uint8Array.of(0x0c)).problem?.message).toBe('the end of a group that did not begin');
  });

  test('shows what can be read of truncated input, and where it stopped', () => {
    const { tree, problem, json } = decode(order.subarray(0, 8));
    expect(problem).toEqual({ message: '8 bytes expected, 3 left', at: 5 });
    expect(outline(tree)).toMatchObject({ 1: '150' });
    expect(json?.()).toEqual({ 1: 150 });
  });

  test.each([
    [[0x00], 'field number 0', 0],
    [[0x0e, 1], 'wire type 6 is not used', 0],
    [[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], 'number longer than ten bytes', 1],
  ])('says what is wrong with %j', (bytes, message, at) => {
    expect(decode(Uint8Array.from(bytes)).problem).toEqual({ message, at });
  });

  test('deep nesting and many fields cost little', () => {
    let nested: Uint8Array = Uint8Array.of(8, 1);
    for (let i = 0; i < 3000; i++) nested = new BinaryWriter().uint32(10).bytes(nested).finish();
    const { problem, json } = decode(nested);
    expect(problem).toBeUndefined();
    expect(json?.()).toBeDefined();
    expect(decode(new Uint8Array(400_000).fill(0x0b)).problem).toBeDefined();
    const { tree } = decode(new Uint8Array(400_000).fill(8));
    expect(tree.children?.()).toHaveLength(200);
  });

  test('is total on mutated input', () => {
    fuzzDecoder(protobuf, [order, Uint8Array.of(0x0b, 0x13, 0x08, 1, 0x14, 0x20, 2, 0x0c, 0x18, 3)], 3000);
  });

  test('is likely for messages with text in them, surer where the address says so, and not for other bytes', () => {
    const context = { url: 'wss://a.test/', protocol: '' };
    expect(protobuf.sniff(context, samplesOf(order, order)).confidence).toBeCloseTo(0.42);
    expect(protobuf.sniff({ url: 'wss://a.test/?format=protobuf', protocol: '' }, samplesOf(order)).confidence).toBe(
      0.85,
    );
    expect(protobuf.sniff(context, samplesOf(Uint8Array.of(8, 1), Uint8Array.of(1, 2, 3, 4))).confidence).toBe(0);
    expect(protobuf.sniff(context, samplesOf('{"a":1}')).confidence).toBe(0);
  });
});
