import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, nodeAt, pairsOf, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordLsp } from '../testing/recordings/lsp';
import { lsp } from './lsp';

protocolSuite(lsp, await recordLsp(), {
  normal: (row) => row.replace(/Content-Length: \d+/, 'Content-Length: …'),
  rows: [
    '↑ headers | Content-Length: …',
    '↑ initialize | initialize #0 {processId: null, rootUri: null, capabilities: {}}',
    '↓ headers | Content-Length: …',
    '↓ result initialize | result initialize #0 {capabilities: {hoverProvider: true}}',
    '↑ headers | Content-Length: …',
    '↑ textDocument/didOpen | textDocument/didOpen {textDocument: {uri: "file:///a.ts", text: "let ä"}}',
    '↓ headers | Content-Length: …',
    '↓ textDocument/publishDiagnostics | textDocument/publishDiagnostics {uri: "file:///a.ts", diagnostics: []}',
    '↑ headers | Content-Length: …',
    '↑ textDocument/hover | textDocument/hover #1 {textDocument: {uri: "file:///a.ts"}, position: {line: 0, character: 4}}',
    '↓ headers | Content-Length: …',
    '↓ result textDocument/hover | result textDocument/hover #1 {contents: "a word: ä"}',
  ],
});

const headed = (body: string) => `Content-Length: ${new TextEncoder().encode(body).length}\r\n\r\n${body}`;

test('headers and content in one message, several in one', () => {
  const { tree, summary } = decodeOne(lsp, headed('{"jsonrpc":"2.0","id":1,"method":"shutdown"}'));
  expect(summary).toBe('shutdown #1');
  expect(nodeAt(tree, 'body', 'method')).toMatchObject({ value: 'shutdown', start: 55, end: 65 });
  const two = headed('{"jsonrpc":"2.0","method":"a"}') + headed('{"jsonrpc":"2.0","method":"b"}');
  expect(decodeOne(lsp, two).summary).toBe('a · b');
});

test('content cut short says so', () => {
  const { problem, tree } = decodeOne(lsp, headed('{"jsonrpc":"2.0","method":"a"}').slice(0, -3));
  expect(problem?.message).toBe('content of 30 bytes cut short');
  expect(nodeAt(tree, 'body', 'jsonrpc').value).toBe('2.0');
});

test('a cancelled request ends', () => {
  const cancel = '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}';
  expect(pairsOf(decodeOne(lsp, cancel, { direction: 'sent' }))).toEqual([{ id: 'sent 7', role: 'end' }]);
});

test('is chosen by methods of language servers, without headers too', () => {
  const samples = samplesOf(
    '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}',
    '{"jsonrpc":"2.0","id":0,"result":{}}',
  );
  expect(chooseDecoder({ url: '', protocol: '' }, samples).decoder.id).toBe('lsp');
  const other = samplesOf('{"jsonrpc":"2.0","id":0,"method":"eth_call"}', '{"jsonrpc":"2.0","id":0,"result":{}}');
  expect(chooseDecoder({ url: '', protocol: '' }, other).decoder.id).toBe('json-rpc');
});
