import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordSockJs } from '../testing/recordings/sockjs';
import { sockJs } from './sockjs';

const recording = await recordSockJs();

protocolSuite(sockJs, recording, {
  rows: [
    '↓ open | open',
    '↑ message | hello',
    '↓ message | hello',
    '↑ type:trade | {"type":"trade","n":1}',
    '↓ type:trade | {"type":"trade","n":1}',
    '↑ SEND /a | SEND /a {"n":1}',
    '↓ SEND /a | SEND /a {"n":1}',
    '↑ message | bye',
    '↓ close | close 3000 Go away!',
  ],
});

test('is chosen before JSON and STOMP', () => {
  expect(chooseDecoder(recording, recording.messages).decoder.id).toBe('sockjs');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('sockjs');
});

test('what a message holds is below it', () => {
  const [, , , , trade, , send] = decodeAll(sockJs, recording);
  expect(outline(nodeAt(trade!.tree, 'messages', '0'))).toEqual({ type: 'trade', n: '1' });
  expect(outline(nodeAt(send!.tree, 'messages', '0'))).toMatchObject({ command: 'SEND', body: { n: '1' } });
});

// sockjs-protocol 0.3.3, "Framing".
test.each([
  ['o', 'open', 'open', undefined],
  ['h', 'heartbeat', 'heartbeat', true],
  ['c[3000,"Go away!"]', 'close', 'close 3000 Go away!', undefined],
  ['m"message"', 'message', 'message', undefined],
])('%s', (message, kind, summary, heartbeat) => {
  const decoded = decodeOne(sockJs, message);
  expect([decoded.kind, decoded.summary, decoded.heartbeat]).toEqual([kind, summary, heartbeat]);
});

test('several messages in one frame', () => {
  const { kind, summary, json } = decodeOne(sockJs, 'a["one","{\\"n\\":2}"]');
  expect({ kind, summary }).toEqual({ kind: 'message', summary: '2 messages: one · {"n":2}' });
  expect(json?.()).toEqual({ frame: 'messages', messages: ['one', { n: 2 }] });
});

test('a truncated frame shows what there is', () => {
  const { tree, problem } = decodeOne(sockJs, 'a["one","tw');
  expect(problem?.at).toBe(11);
  expect(nodeAt(tree, 'messages', '0').value).toBe('one');
});

test('JSON arrays of words alone are not taken for it', () => {
  const samples = samplesOf('["a"]', '["b"]').map((sample) => ({ ...sample, direction: 'sent' as const }));
  expect(sockJs.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});

// Found by the fuzzer: such integers are exact here, and JSON.stringify throws on them.
test('a message that is no text but a long integer is shown', () => {
  expect(decodeOne(sockJs, '[17,442931354429313566]').summary).toContain('442931354429313566');
});

test('a message that is no text but nested without end is shown', () => {
  const nested = decodeOne(sockJs, `${'['.repeat(30_000)}${']'.repeat(30_000)}`);
  expect(nested).toMatchObject({ kind: 'message', summary: '[[[1 item]]]' });
});
