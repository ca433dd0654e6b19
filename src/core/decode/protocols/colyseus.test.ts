import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, outline, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordColyseus } from '../testing/recordings/colyseus';
import { colyseus } from './colyseus';

const recording = await recordColyseus();

protocolSuite(colyseus, recording, {
  rows: [
    '↓ JOIN_ROOM | JOIN_ROOM schema',
    '↑ JOIN_ROOM | JOIN_ROOM',
    '↓ ROOM_STATE | ROOM_STATE 2 bytes: 80 00',
    '↑ move | move {x: 7}',
    '↓ moved | moved {x: 7, by: 9}',
    '↓ ROOM_STATE_PATCH | ROOM_STATE_PATCH 2 bytes: 80 01',
    '↑ bytes | bytes 1 byte: 09',
    '↓ bytes | bytes 3 bytes: 01 02 03',
    '↑ LEAVE_ROOM | LEAVE_ROOM',
  ],
});

test('is chosen', () => {
  expect(chooseDecoder(recording, recording.messages).decoder.id).toBe('colyseus');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('colyseus');
});

test('messages are opened', () => {
  const moved = decodeAll(colyseus, recording).find(({ kind }) => kind === 'moved');
  expect(outline(moved!.tree)).toEqual({ code: 'ROOM_DATA', type: 'moved', message: { x: '7', by: '9' } });
});

test('an error has a code and words', () => {
  expect(decodeOne(colyseus, Uint8Array.of(11, 0xcd, 0x10, 0x72, 0xa2, 0x6e, 0x6f)).summary).toBe('ERROR 4210 "no"');
});

test('a message cut short says so', () => {
  const { problem, summary } = decodeOne(colyseus, Uint8Array.of(13, 0xa4, 0x6d, 0x6f));
  expect(problem).toEqual({ message: '4 bytes expected, 2 left', at: 2 });
  expect(summary).toBe('ROOM_DATA (4 bytes expected, 2 left)');
});

test('a record with a number that no record has stops where that stands, not behind the end', () => {
  const move = Uint8Array.of(13, 0xa4, ...new TextEncoder().encode('move'), 0xd4, 0x72, 0, 0x91, 0xa1, 0x78);
  expect(decodeOne(colyseus, move).problem).toEqual({ message: 'no number of the record', at: 8 });
});

test('other bytes with such codes are not taken for it', () => {
  const samples = samplesOf(Uint8Array.of(10, 200, 1), Uint8Array.of(13, 1, 2), Uint8Array.of(15));
  expect(colyseus.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});

// Protobuf begins with the code of JOIN_ROOM where field 1 is a text, with that of ROOM_DATA where it is a float.
test.each([
  ['texts', [new BinaryWriter().uint32(10).string('anna').uint32(18).string('hello there, how are you doing?')]],
  [
    'prices',
    [0, 1, 2].map((i) =>
      new BinaryWriter()
        .uint32(10)
        .string('BTC-USD')
        .uint32(17)
        .double(2650.5 + i)
        .uint32(25)
        .double(0.25)
        .uint32(32)
        .uint32(i),
    ),
  ],
])('Protobuf messages of %s are left to Protobuf', (_, messages) => {
  const samples = samplesOf(...messages.map((message) => message.finish()));
  expect(colyseus.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
  expect(chooseDecoder({ url: 'wss://example.org/proto', protocol: '' }, samples).decoder.id).toBe('protobuf');
});

test('numbers after the code of a named message are no names', () => {
  const floats = samplesOf(Uint8Array.of(13, 1, 0, 0, 0), Uint8Array.of(13, 5, 0, 0, 0));
  expect(colyseus.sniff({ url: '', protocol: '' }, floats).confidence).toBe(0);
});

test.each(['schema', 'fossil-delta', 'none'])('an answer that names the serializer %s is known', (serializer) => {
  const answer = new TextEncoder().encode(`\n\u0003abc${String.fromCharCode(serializer.length)}${serializer}`);
  expect(colyseus.sniff({ url: '', protocol: '' }, samplesOf(answer)).confidence).toBe(0.93);
});

test('a serializer of its own is known by the sessionId of the URL', () => {
  const answer = samplesOf(new TextEncoder().encode('\n\u0003abc\u0004mine'));
  expect(colyseus.sniff({ url: '', protocol: '' }, answer).confidence).toBe(0);
  expect(colyseus.sniff({ url: 'wss://example.org/a/b?sessionId=abc', protocol: '' }, answer).confidence).toBe(0.9);
});
