import { expect, test } from 'vitest';
import { decodeAll, nodeAt, rows, unpaired } from '../testing/decode-all';
import { samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { recordMqtt5, recordMqtt311 } from '../testing/recordings/mqtt';
import type { DecodeContext } from '../types';
import { mqtt } from './mqtt';

const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'received', text: false, state: {} });
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const v3 = await recordMqtt311();
const v5 = await recordMqtt5();
/** Packet ids are chosen at random by client and broker. */
const withoutIds = (row: string) => row.replace(/\b\d{1,5}$/, '#');

test('MQTT 3.1.1: every row', () => {
  const all = rows(mqtt, v3).map(withoutIds);
  expect(all.slice(0, 5)).toEqual([
    '↑ CONNECT | CONNECT thermostat will state/thermostat',
    '↓ CONNACK | CONNACK Connection accepted',
    '↑ SUBSCRIBE sensors/# | SUBSCRIBE sensors/#, state/+',
    '↓ SUBACK | SUBACK #',
    '↑ PUBLISH sensors/1 | PUBLISH sensors/1 {"celsius":21.5}',
  ]);
  expect(all.toSorted()).toEqual(
    [
      ...all.slice(0, 5),
      '↑ PUBLISH sensors/2 | PUBLISH sensors/2 QoS 1 retain twenty',
      '↓ PUBACK | PUBACK #',
      '↓ PUBLISH sensors/1 | PUBLISH sensors/1 {"celsius":21.5}',
      '↓ PUBLISH sensors/2 | PUBLISH sensors/2 QoS 1 twenty',
      '↑ PUBLISH sensors/3 | PUBLISH sensors/3 QoS 2 4 bytes: 00 ff 01 fe',
      '↑ PUBACK | PUBACK #',
      '↓ PUBLISH sensors/3 | PUBLISH sensors/3 QoS 2 4 bytes: 00 ff 01 fe',
      '↓ PUBREC | PUBREC #',
      '↑ PUBREC | PUBREC #',
      '↑ PUBREL | PUBREL #',
      '↓ PUBREL | PUBREL #',
      '↓ PUBCOMP | PUBCOMP #',
      '↑ PUBCOMP | PUBCOMP #',
      '↑ PINGREQ | PINGREQ ♥',
      '↓ PINGRESP | PINGRESP ♥',
      '↑ UNSUBSCRIBE sensors/# | UNSUBSCRIBE sensors/#',
      '↓ UNSUBACK | UNSUBACK #',
      '↑ DISCONNECT | DISCONNECT',
    ].toSorted(),
  );
});
test('MQTT 3.1.1: every request has its reply', () => expect(unpaired(mqtt, v3)).toEqual([]));
test('MQTT 3.1.1: is recognised by what was said alone', () => {
  expect(mqtt.sniff({ url: '', protocol: '' }, v3.messages).confidence).toBeGreaterThan(0.9);
});
test('MQTT 3.1.1: begun mid-stream: what was published is still read', () => {
  const late = {
    ...v3,
    messages: v3.messages.filter((message) => message.direction === 'received').slice(2),
  };
  expect(rows(mqtt, late).map(withoutIds)).toContain('↓ PUBLISH sensors/2 | PUBLISH sensors/2 QoS 1 twenty');
});
test('MQTT 3.1.1: mutated input stays within bounds', () => {
  fuzzDecoder(
    mqtt,
    v3.messages.map((message) => message.payload),
    3000,
  );
});

test('MQTT 5: every row', () => {
  expect(rows(mqtt, v5).map(withoutIds)).toEqual([
    '↑ CONNECT | CONNECT gauge',
    '↓ CONNACK | CONNACK Success',
    '↑ SUBSCRIBE price/# | SUBSCRIBE price/#',
    '↓ SUBACK | SUBACK #',
    '↑ PUBLISH price/gold | PUBLISH price/gold QoS 1 {"usd":2650}',
    '↓ PUBACK | PUBACK #',
    '↓ PUBLISH price/gold | PUBLISH price/gold {"usd":2650}',
    '↑ PUBLISH price/gold | PUBLISH price/gold QoS 1 {"usd":2651}',
    '↓ PUBACK | PUBACK #',
    '↓ PUBLISH price/gold | PUBLISH price/gold {"usd":2651}',
    '↑ UNSUBSCRIBE price/# | UNSUBSCRIBE price/#',
    '↓ UNSUBACK | UNSUBACK #',
    '↑ DISCONNECT | DISCONNECT Disconnect with Will Message: done for today',
  ]);
  expect(unpaired(mqtt, v5)).toEqual([]);
});
test('MQTT 5: properties are named, with their bytes', () => {
  const connack = decodeAll(mqtt, v5).find((decoded) => decoded.kind === 'CONNACK');
  const property = nodeAt(connack!.tree, 'CONNACK', 'properties', 'Server Keep Alive');
  expect(property).toMatchObject({ value: '30', start: 8, end: 11 });
});
test('MQTT 5: mutated input stays within bounds', () => {
  fuzzDecoder(
    mqtt,
    v5.messages.map((message) => message.payload),
    3000,
  );
});

test('several packets in one message, the last one unfinished', () => {
  const shared = context();
  const first = mqtt.decode(bytes('d000 3007 0003 612f62 6869 3006 0001'), shared);
  expect(first.summary).toBe('PINGRESP · PUBLISH a/b hi · PUBLISH (unfinished, 4 bytes to come)');
  expect(first.kind).toBe('PUBLISH a/b');
  const second = mqtt.decode(bytes('78 797a21'), shared);
  expect(second.summary).toBe('PUBLISH x yz!');
  expect(nodeAt(second.tree, 'PUBLISH', 'payload')).toMatchObject({ start: 1, end: 4 });
});

test('a packet too large to keep is shown as continuing, and the next one is read', () => {
  const shared = context();
  const big = new Uint8Array(300_000);
  big.set(bytes('30 80b518 0001 74'));
  expect(mqtt.decode(big, shared).summary).toBe('PUBLISH (unfinished, 100004 bytes to come)');
  expect(mqtt.decode(new Uint8Array(100), shared)).toMatchObject({
    kind: 'fragment',
    summary: '100 B, 99904 B of the packet to come',
  });
  const last = new Uint8Array(99_906);
  last.set(bytes('d000'), 99_904);
  expect(mqtt.decode(last, shared)).toMatchObject({ kind: 'PINGRESP', heartbeat: true });
});

test('a broken packet does not hide the next', () => {
  const decoded = mqtt.decode(bytes('4001 ff 3003 0001 78 d000'), context());
  expect(decoded.problem).toEqual({ message: 'PUBACK: 2 bytes expected, 1 left', at: 2 });
  expect(decoded.summary).toBe('PUBACK broken: 2 bytes expected, 1 left · PUBLISH x · PINGRESP');
});

test('bytes that are no MQTT stop at the first', () => {
  expect(mqtt.decode(bytes('00 01 02'), context()).problem).toEqual({
    message: 'packet type 0 is reserved (§2.1.2)',
    at: 0,
  });
});

/** PUBLISH of QoS 0 with this after the topic `a/b`. */
const publish = (body: Uint8Array) => {
  const length = body.length + 5;
  const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
  return Uint8Array.of(0x30, ...size, 0, 3, 0x61, 0x2f, 0x62, ...body);
};
const published = (body: Uint8Array, shared = context()) => {
  const { problem, json } = mqtt.decode(publish(body), shared);
  expect(problem).toBeUndefined();
  return json?.();
};

// The bytes of `{"` would be a length of 123 and the property 34, those of `["` of 91.
test.each([60, 91, 124, 150, 300])('without CONNECT, JSON of %i bytes is no properties', (length) => {
  const object = { vib: 'x'.repeat(length - 10) };
  const list = ['x'.repeat(length - 4)];
  expect(published(Buffer.from(JSON.stringify(object)))).toEqual(object);
  expect(published(Buffer.from(JSON.stringify(list)))).toEqual(list);
});

test.each([
  ['a length that is too long', '01 02'],
  ['a zero before no text', '00 01 02 03'],
  ['nothing but a zero', '00'],
  ['a property cut short', '02 01'],
  ['a property that comes twice', '06 23 00 01 23 00 01'],
  ['a property of other packets', '02 24 01 01'],
  ['a property that ends beyond the block', '02 23 00 01'],
])('without CONNECT, %s begins the payload', (_, hex) => {
  const { tree, problem } = mqtt.decode(publish(bytes(hex)), context());
  expect(problem).toBeUndefined();
  expect(nodeAt(tree, 'PUBLISH', 'payload')?.bytes).toEqual(bytes(hex));
});

// MQTT 5 §3.3.2.3: payload format, content type, then the payload.
test('without CONNECT, properties of MQTT 5 are read, and none of them before text', () => {
  const { tree } = mqtt.decode(publish(bytes('06 01 01 03 00 01 74 7b7d')), context());
  expect(nodeAt(tree, 'PUBLISH', 'properties')).toMatchObject({ value: '2 properties', note: 'MQTT 5 assumed' });
  expect(nodeAt(tree, 'PUBLISH', 'payload')).toMatchObject({ value: '{}' });
  expect(published(Buffer.from('\0{"usd":2650}'))).toEqual({ usd: 2650 });
});

test.each([
  ['PUBACK with a reason', '4003 0001 10'],
  ['UNSUBACK with reasons', 'b004 0001 00 00'],
  ['SUBSCRIBE with properties', '8209 0001 00 0003 612f62 00'],
])('without CONNECT, %s tells MQTT 5', (_, packet) => {
  const shared = context();
  expect(mqtt.decode(bytes(packet), shared).problem).toBeUndefined();
  expect(published(bytes('00 01 02 03'), shared)).toEqual(bytes('01 02 03'));
});

test('without CONNECT, SUBSCRIBE without properties tells an earlier version', () => {
  const shared = context();
  expect(mqtt.decode(bytes('8208 0001 0003 612f62 00'), shared).kind).toBe('SUBSCRIBE a/b');
  expect(published(Buffer.from('\0text'), shared)).toBeInstanceOf(Uint8Array);
});

test('bytes with the lengths of packets, and not what these hold, are not taken for it', () => {
  const confidence = (hex: string) =>
    mqtt.sniff({ url: '', protocol: '' }, samplesOf(bytes(hex), bytes(hex), bytes(hex))).confidence;
  // An integer in DER.
  expect(confidence('30 03 02 01 05')).toBe(0);
  expect(confidence('30 05 0003 612f62')).toBe(0.6);
});
