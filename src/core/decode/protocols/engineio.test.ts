import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, nodeAt } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordEngineIo } from '../testing/recordings/engineio';
import { engineIo } from './engineio';

const recording = await recordEngineIo();

protocolSuite(engineIo, recording, {
  rows: [
    '↓ open | open',
    '↑ message | hello',
    '↓ message | hello',
    '↑ message | {"price":1.5}',
    '↓ message | {"price":1.5}',
    '↑ message | 3 bytes: 04 05 06',
    '↓ message | 3 bytes: 04 05 06',
  ],
  heartbeats: ['↓ ping | ping ♥', '↑ pong | pong ♥'],
  normal: (row) => row.replace(/^(↓ open \|).*/, '$1 open'),
});

test('is chosen, and Socket.IO is not', () => {
  expect(chooseDecoder(recording, recording.messages).decoder.id).toBe('engine.io');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('engine.io');
});

// Engine.IO protocol v3, "Encoding" and "Heartbeat": a type byte before bytes, base64 after `b`, a probe.
test('version 3', () => {
  const context = { url: 'ws://127.0.0.1/engine.io/?EIO=3&transport=websocket' };
  expect(decodeOne(engineIo, Uint8Array.of(4, 1, 2), context).summary).toBe('2 bytes: 01 02');
  expect(decodeOne(engineIo, 'b4AQI=', context).summary).toBe('2 bytes: 01 02');
  expect(decodeOne(engineIo, '2probe', context)).toMatchObject({ kind: 'ping', summary: 'ping probe' });
  const learned = { state: {}, direction: 'sent' } as const;
  decodeOne(engineIo, '2', learned);
  expect(decodeOne(engineIo, Uint8Array.of(4, 1, 2), learned).summary).toBe('2 bytes: 01 02');
});

test('JSON in a message has its bytes', () => {
  const { tree, json } = decodeOne(engineIo, '4{"price":1.5}');
  expect(nodeAt(tree, 'data', 'price')).toMatchObject({ value: '1.5', start: 10, end: 13 });
  expect(json?.()).toEqual({ packet: 'message', data: { price: 1.5 } });
});

test('what is no packet is shown as it is', () => {
  expect(decodeOne(engineIo, 'hello')).toMatchObject({ summary: 'hello', problem: { at: 0 } });
  expect(decodeOne(engineIo, '').problem).toEqual({ message: 'not an Engine.IO packet type', at: 0 });
});
