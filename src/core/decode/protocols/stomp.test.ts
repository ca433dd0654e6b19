import { expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, pairsOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordStomp } from '../testing/recordings/stomp';
import { stomp } from './stomp';

protocolSuite(stomp, await recordStomp(), {
  rows: [
    '↑ CONNECT | CONNECT',
    '↓ CONNECTED | CONNECTED version=1.1',
    '↑ SUBSCRIBE /topic/prices | SUBSCRIBE /topic/prices id=sub-0',
    '↑ SEND /topic/asks | SEND /topic/asks all prices',
    '↓ MESSAGE /topic/prices | MESSAGE /topic/prices subscription=sub-0 {"gold":2650}',
    '↓ MESSAGE /topic/prices | MESSAGE /topic/prices subscription=sub-0 silver: 31',
    '↑ SEND /topic/bytes | SEND /topic/bytes 3 bytes: 01 00 ff',
    '↑ UNSUBSCRIBE /topic/prices | UNSUBSCRIBE /topic/prices id=sub-0',
    '↑ DISCONNECT | DISCONNECT receipt=close-1',
    '↓ RECEIPT | RECEIPT receipt-id=close-1',
  ],
  heartbeats: ['↑ heartbeat | heartbeat ♥'],
});

const frame = (...lines: string[]) => `${lines.join('\n')}\0`;

test('headers are unescaped, the first of a name counts, a body has its bytes (STOMP 1.2)', () => {
  const message = frame(
    'MESSAGE',
    'destination:/queue/a\\cb',
    'foo:World',
    'foo:Hello',
    'content-type:application/json',
    '',
    '{"n":1}',
  );
  const { tree, json } = decodeOne(stomp, message);
  expect(json?.()).toEqual({
    command: 'MESSAGE',
    headers: { destination: '/queue/a:b', foo: 'World', 'content-type': 'application/json' },
    body: { n: 1 },
  });
  const at = message.indexOf('1}');
  expect(nodeAt(tree, 'body', 'n')).toMatchObject({ value: '1', start: at, end: at + 1 });
});

test('a receipt replies to the subscription that asked for it', () => {
  const state = {};
  const asked = decodeOne(stomp, frame('SUBSCRIBE', 'id:0', 'destination:/a', 'receipt:7', '', ''), { state });
  expect(pairsOf(asked)).toEqual([{ id: 'subscription 0', role: 'request' }]);
  const reply = decodeOne(stomp, frame('RECEIPT', 'receipt-id:7', '', ''), { state });
  expect(pairsOf(reply)).toEqual([{ id: 'subscription 0', role: 'reply' }]);
});

test('a subscription opens something: it may stay without a reply', () => {
  const decoded = decodeOne(stomp, frame('SUBSCRIBE', 'id:0', 'destination:/a', '', ''));
  expect(pairsOf(decoded)).toEqual([{ id: 'subscription 0', role: 'request', opens: true }]);
});

test('several frames in a message', () => {
  const two = `${frame('MESSAGE', 'destination:/a', '', 'one')}\n${frame('MESSAGE', 'destination:/a', '', 'two')}`;
  expect(decodeOne(stomp, two).summary).toBe('MESSAGE /a one · MESSAGE /a two');
});

test('a frame in several messages', () => {
  const state = {};
  const whole = frame('SEND', 'destination:/a', 'content-length:10', '', '0123456789');
  const begun = decodeOne(stomp, whole.slice(0, 45), { state });
  expect(begun).toMatchObject({ kind: 'fragment', summary: 'SEND /a 012345 (to be continued)' });
  const { tree, problem } = decodeOne(stomp, whole.slice(45), { state });
  expect(problem).toBeUndefined();
  expect(outline(tree)).toMatchObject({ command: 'SEND', body: '0123456789' });
});

test('a frame in several messages asks once, where it ends; one too long to be kept where it begins', () => {
  const state = {};
  const receipt = [{ id: 'receipt 7', role: 'request' }];
  const said = (text: string) => decodeOne(stomp, text, { state, direction: 'sent' });
  const whole = frame('SEND', 'destination:/a', 'receipt:7', 'content-length:10', '', '0123456789');
  const parts = [whole.slice(0, 50), whole.slice(50, 55), whole.slice(55)].map(said);
  expect(parts.map(({ kind }) => kind)).toEqual(['fragment', 'fragment', 'SEND /a']);
  expect(parts.map(pairsOf)).toEqual([[], [], receipt]);
  const after = said(whole + whole.slice(0, 50));
  expect([after.kind, pairsOf(after)]).toEqual(['SEND /a', receipt]);
  delete (state as Record<string, unknown>)['kept sent'];
  const long = said(frame('SEND', 'destination:/a', 'receipt:7', 'content-length:1000000', '', '0').slice(0, -1));
  expect([long.kind, pairsOf(long)]).toEqual(['SEND /a', receipt]);
});

test('the middle of a frame alone says so', () => {
  expect(decodeOne(stomp, 'the rest of a body\0')).toMatchObject({ kind: 'fragment', problem: { at: 0 } });
});
