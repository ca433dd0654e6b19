import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import type { Recording } from '../testing/record-server';
import {
  recordSocketIo2,
  recordSocketIo3,
  recordSocketIo4,
  recordSocketIoMsgpack,
} from '../testing/recordings/socketio';
import { socketIo } from './socketio';

const [v4, v3, v2, packed] = (await Promise.all([
  recordSocketIo4(),
  recordSocketIo3(),
  recordSocketIo2(),
  recordSocketIoMsgpack(),
])) as [Recording, Recording, Recording, Recording];

/** The real servers choose ids at random, and say their limits. */
const normal = (row: string) =>
  row
    .replace(/^(↓ open \|).*/, '$1 open')
    .replace(/"[\w-]{20}"/, '"…"')
    .replace(/, pid: undefined|(?<=chat) undefined/, '');

const middle = [
  '↑ event:trade | trade /chat {price: 1.5, size: 2}',
  '↓ event:traded | traded /chat "ok"',
  '↑ event:add | add #0 /chat 1, 2',
  '↓ ack:add | ack:add #0 /chat 3',
  '↑ event:ask me | ask me /chat',
  '↓ event:ask | ask #0 /chat "how are you?"',
  '↑ ack:ask | ack:ask #0 /chat "fine"',
  '↓ event:asked | asked /chat',
];
const start = ['↓ open | open', '↑ connect | connect /chat', '↓ connect | connect /chat {sid: "…"}'];
const upload = [
  '↑ event:upload | upload #1 /chat <attachment 1>, {also: <attachment 2>}',
  '↑ event:upload attachment | attachment 1 of 2 of event:upload: 3 bytes: 01 02 03',
  '↑ event:upload attachment | attachment 2 of 2 of event:upload: 1 byte: 04',
  '↓ ack:upload | ack:upload #1 /chat <attachment 1>, <attachment 2>',
  '↓ ack:upload attachment | attachment 1 of 2 of ack:upload: 1 byte: 04',
  '↓ ack:upload attachment | attachment 2 of 2 of ack:upload: 3 bytes: 01 02 03',
];
const heartbeats = ['↓ ping | ping ♥', '↑ pong | pong ♥'];

protocolSuite(socketIo, v4, { rows: [...start, ...middle, ...upload], heartbeats, normal });
protocolSuite(socketIo, v3, { rows: [...start, ...middle, ...upload], heartbeats, normal });
protocolSuite(socketIo, v2, {
  rows: [
    '↓ open | open',
    '↓ connect | connect',
    '↑ connect | connect /chat',
    '↓ connect | connect /chat',
    ...middle,
    ...upload,
  ],
  heartbeats: ['↑ ping | ping ♥', '↓ pong | pong ♥'],
  normal,
});
protocolSuite(socketIo, packed, {
  rows: [
    '↓ open | open',
    '↑ connect | connect /chat',
    '↓ connect | connect /chat {sid: "…"}',
    ...middle,
    '↑ event:upload | upload #1 /chat 3 bytes: 01 02 03, {also: 1 byte: 04}',
    '↓ ack:upload | ack:upload #1 /chat 1 byte: 04, 3 bytes: 01 02 03',
  ],
  heartbeats,
  normal,
});

test.each([v4, v3, v2, packed])('$between is chosen before Engine.IO and JSON', (recording) => {
  expect(chooseDecoder(recording, recording.messages.slice(0, 8)).decoder.id).toBe('socket.io');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('socket.io');
});

test('the last attachment shows the whole event', () => {
  const last = decodeAll(socketIo, v4).filter((decoded) => decoded.kind === 'event:upload attachment')[1];
  expect(outline(nodeAt(last!.tree, 'event'))).toEqual({
    0: 'upload',
    1: '3 bytes: 01 02 03',
    2: { also: '1 byte: 04' },
  });
});

// Socket.IO protocol v5, "Sample session" and "Packet encoding".
test.each([
  ['40{"token":"123"}', 'connect', 'connect {token: "123"}'],
  ['44{"message":"Not authorized"}', 'connect error', 'connect error {message: "Not authorized"}'],
  ['42/admin,456["project:delete",123]', 'event:project:delete', 'project:delete #456 /admin 123'],
  ['43/admin,456[]', 'ack', 'ack #456 /admin'],
  ['41/admin,', 'disconnect', 'disconnect /admin'],
  ['451-["baz",{"_placeholder":true,"num":0}]', 'event:baz', 'baz <attachment 1>'],
  ['42["foo"]', 'event:foo', 'foo'],
])('%s', (message, kind, summary) => {
  expect(decodeOne(socketIo, message)).toMatchObject({ kind, summary });
});

test('parts of a packet have their bytes', () => {
  const { tree, json } = decodeOne(socketIo, '42/admin,456["project:delete",123]');
  const ranges = tree.children?.().map(({ name, start, end }) => [name, start, end]);
  expect(ranges).toEqual([
    ['packet', 0, 1],
    ['type', 1, 2],
    ['namespace', 2, 8],
    ['id', 9, 12],
    ['data', 12, 34],
  ]);
  expect(json?.()).toMatchObject({ type: 'EVENT', namespace: '/admin', id: 456, data: ['project:delete', 123] });
});

test('a truncated event shows what there is', () => {
  const { tree, kind, problem } = decodeOne(socketIo, '42["trade",{"price":1.5,"si');
  expect(problem).toEqual({ message: 'the text ends within a string', at: 27 });
  expect(kind).toBe('event:?');
  expect(nodeAt(tree, 'data', '1', 'price').value).toBe('1.5');
});

test('plain text and JSON are not taken for it', () => {
  const context = { url: '', protocol: '' };
  for (const samples of [samplesOf('2', '3', '40', '41'), samplesOf('{"a":1}'), samplesOf('4 apples', '2 pears')]) {
    expect(socketIo.sniff(context, samples).confidence).toBe(0);
  }
});
