import { encode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, nodeAt, outline, pairsOf, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordSignalRJson, recordSignalRMessagePack } from '../testing/recordings/signalr';
import { signalR } from './signalr';

const [text, packed] = await Promise.all([recordSignalRJson(), recordSignalRMessagePack()]);

const rows = [
  '↑ Invocation Add | Invocation Add #0 1, 2',
  '↓ Completion Add | Completion Add #0 3',
  '↑ Invocation Notify | Invocation Notify {price: 1.5}',
  '↓ Invocation Greet | Invocation Greet "hello", {n: 1}',
  '↑ Invocation Fail | Invocation Fail #1',
  '↓ Completion error Fail | Completion error Fail #1 "it failed"',
  '↑ StreamInvocation Count | StreamInvocation Count #2 2',
  '↓ StreamItem Count | StreamItem Count #2 1',
  '↓ StreamItem Count | StreamItem Count #2 2',
  '↑ CancelInvocation Count | CancelInvocation Count #2',
  '↑ Invocation Leave | Invocation Leave',
];
const shaken = (protocol: string) => [
  `↑ handshake | handshake {"protocol":"${protocol}","version":1}`,
  '↓ handshake | handshake {}',
];
const heartbeats = ['↑ Ping | Ping ♥'];

protocolSuite(signalR, text, {
  rows: [...shaken('json'), ...rows, '↓ Close error | Close error "closing"'],
  heartbeats,
});
protocolSuite(signalR, packed, { rows: [...shaken('messagepack'), ...rows, '↓ Close | Close'], heartbeats });

test.each([text, packed])('$between is chosen', (recording) => {
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('signalr');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages.slice(3)).decoder.id).toBe('signalr');
});

test('several records in one message', () => {
  const { summary, tree, heartbeat } = decodeOne(
    signalR,
    '{"type":6}\u001e{"type":1,"target":"Send","arguments":[42]}\u001e',
  );
  expect(summary).toBe('2 messages: Ping · Invocation Send 42');
  expect(nodeAt(tree, '1', 'type').note).toBe('Invocation');
  expect(heartbeat).toBeUndefined();
});

const code = (letter: string) => letter.charCodeAt(0);

// HubProtocol.md, "Invocation Message Encoding" and "Completion Message Encoding" of MessagePack.
test('places in a MessagePack message have names and bytes', () => {
  const message = [0x96, 0x01, 0x80, 0xa3, ...[...'xyz'].map(code), 0xa6, ...[...'method'].map(code), 0x91, 0x2a, 0x90];
  const decoded = decodeOne(signalR, Uint8Array.of(message.length, ...message));
  const { tree, json } = decoded;
  expect(outline(tree)).toMatchObject({ type: '1', invocationId: 'xyz', target: 'method', arguments: { 0: '42' } });
  expect(nodeAt(tree, 'target')).toMatchObject({ start: 8, end: 15 });
  expect(json?.()).toMatchObject({ invocationId: 'xyz', target: 'method', arguments: [42] });
  expect(pairsOf(decoded)).toEqual([{ id: 'received xyz', role: 'request' }]);
});

test('a message cut short says so', () => {
  expect(decodeOne(signalR, '{"type":1,"target":"Se').problem?.at).toBe(22);
  const body = encode([6]);
  const { problem, kind } = decodeOne(signalR, Uint8Array.of(body.length, ...body, 30, 0x95));
  expect({ problem, kind }).toEqual({ kind: 'Ping', problem: { message: 'a message of 30 bytes, 1 left', at: 4 } });
});

test('other MessagePack and JSON are not taken for it', () => {
  const context = { url: '', protocol: '' };
  expect(signalR.sniff(context, samplesOf(encode({ type: 1 }), encode([1, 2]))).confidence).toBe(0);
  expect(signalR.sniff(context, samplesOf('{"type":1}', '{}')).confidence).toBe(0);
});
