import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, nodeAt, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordFirebase } from '../testing/recordings/firebase';
import { firebase } from './firebase';

const recording = await recordFirebase();

protocolSuite(firebase, recording, {
  rows: [
    '↓ handshake | handshake {ts: 1700000000000, v: "5", h: "…", s: "session"}',
    '↑ stats | stats #1',
    '↓ ok stats | ok stats #1 {}',
    '↑ listen /trades | listen /trades #2',
    '↓ data /trades | data /trades {a: {price: 1}}',
    '↓ ok listen /trades | ok listen /trades #2 {}',
    '↑ put /trades/a | put /trades/a #3 {price: 2}',
    '↓ ok put /trades/a | ok put /trades/a #3 {}',
    '↑ parts | 2 parts follow',
    '↑ part | part 1 of 2: {"t":"d","d":{"r":4,"a":"m","b":{"p":"/trades","d":{"long":"x…',
    '↑ merge /trades | merge /trades #4 {long: "x…',
    '↓ ok merge /trades | ok merge /trades #4 {}',
  ],
  normal: (row) => row.replace(/h: "[^"]*"/, 'h: "…"').replace(/xx.*/, 'x…'),
});

test('is chosen', () => {
  expect(chooseDecoder(recording, []).decoder.id).toBe('firebase');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('firebase');
});

test('the last part shows the whole', () => {
  const merge = decodeAll(firebase, recording).find(({ kind }) => kind === 'merge /trades');
  expect(nodeAt(merge!.tree, 'd', 'b', 'd', 'long').value).toHaveLength(20_000);
});

test('0 keeps the connection alive', () => {
  expect(decodeOne(firebase, '0')).toMatchObject({ kind: 'keepalive', heartbeat: true });
});

test('plain numbers are not taken for it', () => {
  expect(firebase.sniff({ url: '', protocol: '' }, samplesOf('0', '1', '2')).confidence).toBe(0);
});

test('other objects with t and d are not taken for it', () => {
  const messages = ['{"t":"d","d":{"price":1}}', '{"t":"c","d":{"t":"tick"}}', '{"t":"c","d":{"t":"constructor"}}'];
  for (const message of messages) {
    expect(firebase.sniff({ url: '', protocol: '' }, samplesOf(message)).confidence).toBe(0);
  }
});
