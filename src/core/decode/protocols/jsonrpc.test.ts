import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, pairsOf, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordJsonRpc } from '../testing/recordings/jsonrpc';
import { jsonRpc } from './jsonrpc';
import { isRpc } from './jsonrpc-message';

const recording = await recordJsonRpc();

protocolSuite(jsonRpc, recording, {
  rows: [
    '↑ sum | sum #1 [5, 3]',
    '↓ result sum | result sum #1 8',
    '↑ missing | missing #2 {a: 1}',
    '↓ error missing | error missing #2 -32601 Method not found',
    '↑ rpc.on | rpc.on #3 ["feed"]',
    '↓ result rpc.on | result rpc.on #3 {feed: "ok"}',
    // What rpc-websockets makes of events is no JSON-RPC.
    '↓ {notification, params} | {"notification":"feed","params":{"price":1.5}}',
    '↑ seen | seen ["feed"]',
    '↑ sum | sum #4 [1]',
    '↓ error | error #null -32601 Method not found',
    '↓ result sum | result sum #4 1',
  ],
});

test('is chosen', () => {
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('json-rpc');
});

// JSON-RPC 2.0, §7 "Examples".
test.each([
  [
    '{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}',
    'subtract',
    [{ id: 'received 1', role: 'request' }],
  ],
  ['{"jsonrpc": "2.0", "result": 19, "id": 1}', 'result', [{ id: 'sent 1', role: 'reply' }]],
  ['{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}', 'update', []],
  ['{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}', 'error', []],
  [
    '[{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":"1"},{"jsonrpc":"2.0","method":"notify_hello","params":[7]}]',
    'batch',
    [{ id: 'received 1', role: 'request' }],
  ],
])('%s', (message, kind, pairs) => {
  const decoded = decodeOne(jsonRpc, message);
  expect([decoded.kind, pairsOf(decoded)]).toEqual([kind, pairs]);
});

test('both sides count on their own', () => {
  const call = '{"jsonrpc":"2.0","method":"a","id":1}';
  expect(pairsOf(decodeOne(jsonRpc, call, { direction: 'sent' }))).not.toEqual(pairsOf(decodeOne(jsonRpc, call)));
});

test('the DevTools protocol has its shape', () => {
  const cdp = samplesOf(
    '{"id":1,"method":"Page.enable"}',
    '{"id":1,"result":{}}',
    '{"method":"Page.loaded","params":{}}',
  );
  expect(chooseDecoder({ url: '', protocol: '' }, cdp).decoder.id).toBe('json-rpc');
});

test('JSON with ids alone is not taken for it', () => {
  const samples = samplesOf('{"id":1,"name":"a"}', '{"method":"GET"}');
  expect(jsonRpc.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});

// §6; what nests arrays without end must not be followed into them.
test('a batch holds objects only', () => {
  const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(isRpc([[{ jsonrpc: '2.0', method: 'a' }]], false)).toBe(false);
  expect(jsonRpc.sniff({ url: '', protocol: '' }, samplesOf(nested)).confidence).toBe(0);
  expect(decodeOne(jsonRpc, nested).kind).toBe('[array]');
  expect(decodeOne(jsonRpc, `[{"jsonrpc":"2.0","method":"a"},${nested}]`).kind).not.toBe('batch');
});
