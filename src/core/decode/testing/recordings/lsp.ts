import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createWebSocketStream, WebSocket } from 'ws';
import { once, type Recording, recordServer } from '../record-server';

/** LSP with the headers of its base protocol: vscode-jsonrpc on both sides, over a stream of messages. */
export async function recordLsp(): Promise<Recording> {
  const server = await recordServer((socket) => {
    const connection = connectionOn(socket);
    connection.onRequest('initialize', () => ({ capabilities: { hoverProvider: true } }));
    connection.onNotification('textDocument/didOpen', () => {
      void connection.sendNotification('textDocument/publishDiagnostics', { uri: 'file:///a.ts', diagnostics: [] });
    });
    connection.onRequest('textDocument/hover', () => ({ contents: 'a word: ä' }));
    connection.listen();
  });
  const client = new WebSocket(server.url);
  await once<void>((done) => client.on('open', done));
  const connection = connectionOn(client);
  const diagnosed = once((done) => connection.onNotification('textDocument/publishDiagnostics', done));
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///a.ts', text: 'let ä' } });
  await diagnosed;
  await connection.sendRequest('textDocument/hover', {
    textDocument: { uri: 'file:///a.ts' },
    position: { line: 0, character: 4 },
  });
  connection.dispose();
  client.terminate();
  await server.close();
  return { decoder: 'lsp', between: 'vscode-jsonrpc on both sides', ...server.connections[0]! };
}

function connectionOn(socket: WebSocket) {
  const stream = createWebSocketStream(socket);
  return createMessageConnection(new StreamMessageReader(stream), new StreamMessageWriter(stream));
}
