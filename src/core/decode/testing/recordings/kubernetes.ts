import { PassThrough } from 'node:stream';
import { Exec, KubeConfig } from '@kubernetes/client-node';
import type { WebSocket } from 'ws';
import { once, type Recording, recordServer, said } from '../record-server';

/** `exec` of the real client, with an API server that echoes stdin: all channels. */
export async function recordKubernetes(): Promise<Recording> {
  const server = await recordServer(serveExec, { handleProtocols: () => 'v5.channel.k8s.io' });
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'local', server: server.url.replace('ws:', 'http:'), skipTLSVerify: true },
    { name: 'tester' },
  );
  const stdin = new PassThrough();
  const stdout = Object.assign(new PassThrough(), { rows: 24, columns: 80 });
  const ended = new Promise((resolve) => {
    const exec = new Exec(config).exec(
      'default',
      'pod-1',
      'main',
      'cat',
      stdout,
      new PassThrough(),
      stdin,
      true,
      resolve,
    );
    void exec.then(() => stdin.write('hello\n'));
  });
  await once<void>((done) => stdout.once('data', () => done()));
  await said(server.connections[0]!.messages, 'sent', 'width');
  stdin.end('exit\n');
  await ended;
  await server.close();
  return {
    decoder: 'kubernetes',
    between: '@kubernetes/client-node with an echoing server',
    ...server.connections[0]!,
  };
}

function serveExec(socket: WebSocket): void {
  const send = (channel: number, text: string) => socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
  socket.on('message', (data: Buffer) => {
    if (data[0] !== 0) return;
    const words = data.subarray(1).toString();
    if (words !== 'exit\n') {
      send(1, words);
      return;
    }
    send(2, 'bye\n');
    send(3, '{"metadata":{},"status":"Success"}');
    socket.close(1000);
  });
}
