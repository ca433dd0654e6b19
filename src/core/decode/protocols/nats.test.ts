import { expect, test } from 'vitest';
import { nodeAt } from '../testing/decode-all';
import { protocolSuite } from '../testing/protocol-suite';
import { recordNats } from '../testing/recordings/nats';
import type { DecodeContext } from '../types';
import { nats } from './nats';

const recording = await recordNats();
const bytes = (text: string) => new TextEncoder().encode(text);
const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'received', text: false, state: {} });

protocolSuite(nats, recording, {
  normal: (row) => row.replace(/_INBOX\.\S+/g, '_INBOX.#').replace(/^(.{60}).*/, '$1'),
  rows: [
    '↓ INFO | INFO {"server_id":"S1","version":"2.11.0","proto":1,"headers":true,"max_payload":1048576,"client_id":7}'.slice(
      0,
      60,
    ),
    '↑ CONNECT | CONNECT {"no_responders":true,"protocol":1,"verbose":false,"pedantic":false}'.slice(0, 60),
    '↑ PING | PING ♥',
    '↓ PONG | PONG ♥',
    '↑ PUB prices.gold | SUB prices.> 1 · SUB time 2 · PUB prices.gold {"usd":2650}'.slice(0, 60),
    '↓ MSG prices.gold | MSG prices.gold 1 {"usd":2650}',
    '↓ HMSG prices.silver | HMSG prices.silver 1 2 bytes: 00 ff',
    '↑ UNSUB | UNSUB 1',
    '↑ PUB time | SUB _INBOX.# 3 · PUB time _INBOX.# now?',
    '↓ MSG time | MSG time 2 _INBOX.# now?',
    '↑ PUB _INBOX | PUB _INBOX.# 12:00',
    '↓ MSG _INBOX | MSG _INBOX.# 3 12:00',
    '↑ PING | PING ♥',
    '↓ PONG | PONG ♥',
    '↑ UNSUB | UNSUB 2 · PING',
    '↓ PONG | PONG ♥',
  ],
});

test('a message split over three frames is read in the last', () => {
  const shared = context();
  expect(nats.decode(bytes('MSG a.b 1 1'), shared).kind).toBe('fragment');
  expect(nats.decode(bytes('1\r\nhello '), shared).summary).toBe('MSG (unfinished, 20 B so far)');
  const last = nats.decode(bytes('world\r\nPING\r\n'), shared);
  expect(last).toMatchObject({ summary: 'MSG a.b 1 hello world · PING', kind: 'MSG a.b' });
  expect(last.heartbeat).toBeUndefined();
});

test('headers and payload have their bytes', () => {
  const decoded = nats.decode(bytes('HMSG a 1 12 14\r\nNATS/1.0\r\n\r\nhi\r\n'), context());
  expect(nodeAt(decoded.tree, 'HMSG', 'payload')).toMatchObject({ value: 'hi', start: 28, end: 30 });
  expect(decoded.json?.()).toBe('hi');
});

test('what is no operation stops there', () => {
  const decoded = nats.decode(bytes('PONG\r\nHELLO there\r\n'), context());
  expect(decoded.problem).toEqual({ message: 'not a NATS operation', at: 6 });
  expect(decoded.kind).toBe('PONG');
});

test('only the first payloads of many in one message are guessed at', () => {
  const packed = String.fromCharCode(0x81, 0xa1, 0x61, 0x01);
  const latin1 = Uint8Array.from(`MSG a 1 4\r\n${packed}\r\n`.repeat(40), (character) => character.charCodeAt(0));
  const { tree } = nats.decode(latin1, context());
  const notes = tree.children!().map((operation) => nodeAt(operation, 'payload')?.type);
  expect(notes.filter((type) => type === 'map')).toHaveLength(20);
  expect(notes.filter((type) => type === 'bytes')).toHaveLength(20);
});
