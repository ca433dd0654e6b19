import { expect, test } from 'vitest';
import { decodeAll, nodeAt } from '../testing/decode-all';
import { pairsOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordPhoenix1, recordPhoenix2 } from '../testing/recordings/phoenix';
import type { DecodeContext } from '../types';
import { phoenix } from './phoenix';

const v1 = await recordPhoenix1();
const v2 = await recordPhoenix2();
const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'received', text: false, state: {} });

const join = [
  '↑ phx_join room:lobby | phx_join room:lobby {token: "abc"}',
  '↓ phx_reply room:lobby | phx_reply ok room:lobby {status: "ok", response: {}}',
  '↑ shout room:lobby | shout room:lobby {text: "hello", n: 1}',
  '↓ phx_reply room:lobby | phx_reply ok room:lobby {status: "ok", response: {}}',
  '↓ shout room:lobby | shout room:lobby {text: "hello", n: 1}',
];
const binary = [
  '↑ draw room:lobby | draw room:lobby 4 bytes: 01 02 fa fb',
  '↓ phx_reply room:lobby | phx_reply ok room:lobby 1 byte: 9c',
  '↓ drawing room:lobby | drawing room:lobby 4 bytes: 01 02 fa fb',
];
const heartbeats = [
  '↑ heartbeat phoenix | heartbeat phoenix {} ♥',
  '↓ phx_reply phoenix | phx_reply ok phoenix {status: "ok", response: {}} ♥',
];
const leave = [
  '↑ phx_leave room:lobby | phx_leave room:lobby {}',
  '↓ phx_reply room:lobby | phx_reply ok room:lobby {status: "ok", response: {}}',
  '↓ phx_close room:lobby | phx_close room:lobby {}',
];

protocolSuite(phoenix, v1, { rows: [...join, ...leave], heartbeats });
protocolSuite(phoenix, v2, { rows: [...join, ...binary, ...leave], heartbeats });

test('fields of a binary push have their bytes', () => {
  const push = decodeAll(phoenix, v2).find((decoded) => decoded.kind.startsWith('draw '));
  expect(nodeAt(push!.tree, 'topic')).toMatchObject({ value: 'room:lobby', start: 7, end: 17 });
  expect(pairsOf(push!)).toEqual([{ id: '5', role: 'request', optional: true }]);
});

test('a binary message cut short shows what is there', () => {
  const decoded = phoenix.decode(Uint8Array.from([2, 3, 9, 0x61, 0x62, 0x63, 0x78]), context());
  expect(decoded.problem).toEqual({ message: '9 bytes expected, 1 left', at: 6 });
  expect(nodeAt(decoded.tree, 'topic')?.value).toBe('abc');
});

test('a JSON array of five without topic and event is no message of a channel', () => {
  const payload = new TextEncoder().encode('[1,2,3,4,5]');
  expect(phoenix.sniff({ url: '', protocol: '' }, [{ direction: 'sent', text: true, payload }]).confidence).toBe(0);
});
