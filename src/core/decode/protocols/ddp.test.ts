import { expect, test } from 'vitest';
import { samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordDdp } from '../testing/recordings/ddp';
import { ddp } from './ddp';
import { sockJs } from './sockjs';

protocolSuite(ddp, await recordDdp(), {
  rows: [
    '↓ server_id | {"server_id":"0"}',
    '↑ connect | connect',
    '↓ connected | connected',
    '↓ ping | ping p1 ♥',
    '↑ sub players | sub players 0 [{team: 7}]',
    '↓ added players | added players a1 {name: "Grace", score: 3}',
    '↓ ready players | ready players',
    '↑ pong | pong p1 ♥',
    '↑ method addPlayer | method addPlayer 1 ["Ada", 10]',
    '↓ changed players | changed players a1 {score: 4}',
    '↓ result addPlayer | result addPlayer 1 {_id: "b2"}',
    '↓ updated addPlayer | updated addPlayer',
    '↑ method forbidden | method forbidden 2 []',
    '↓ result forbidden | result forbidden 2 error {error: 403, reason: "Access denied"}',
    '↓ updated forbidden | updated forbidden',
    '↑ unsub | unsub 0',
    '↓ removed players | removed players a1',
    '↓ nosub players | nosub players 0',
  ],
});

test('JSON that is no DDP is shown as JSON', () => {
  const payload = new TextEncoder().encode('{"msg":"hello"}');
  const decoded = ddp.decode(payload, { url: '', protocol: '', direction: 'sent', text: true, state: {} });
  expect(decoded).toMatchObject({ summary: '{"msg":"hello"}', kind: 'msg:hello' });
});

test('Meteor sends it within SockJS', () => {
  const frame = new TextEncoder().encode(`a[${JSON.stringify('{"msg":"added","collection":"players","id":"a1"}')}]`);
  const decoded = sockJs.decode(frame, { url: '', protocol: '', direction: 'received', text: true, state: {} });
  expect(decoded).toMatchObject({ kind: 'added players', summary: 'added players a1' });
});

test.each([
  ['pings', '{"msg":"ping"}', '{"msg":"pong"}'],
  ['errors', '{"msg":"error","reason":"no"}', '{"msg":"ping"}'],
  ['ids of servers', '{"server_id":"0"}', '{"server_id":"1","load":0.5}'],
])('%s alone are not taken for it', (_, ...messages) => {
  expect(ddp.sniff({ url: '', protocol: '' }, samplesOf(...messages)).confidence).toBe(0);
});
