import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Room, Server } from '@colyseus/core';
import { schema } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { Client } from 'colyseus.js';
import { recordProxy } from '../record-proxy';
import { once, type Recording } from '../record-server';

const State = schema({ turn: 'number' });

/** A room with a state, messages and bytes. */
export class Table extends Room {
  override onCreate(): void {
    this.setState(new State().assign({ turn: 0 }));
    // Or its clock decides whether what is new at first is told once more.
    this.setPatchRate(null);
    this.onMessage('move', (client, message: { x: number }) => {
      (this.state as { turn: number }).turn++;
      client.send('moved', { x: message.x, by: client.sessionId.length });
      this.broadcastPatch();
    });
    this.onMessage('bytes', (client) => client.sendBytes('bytes', Uint8Array.of(1, 2, 3)));
  }
}

/** Real server and client: joining, state and its patch, messages and bytes both ways, leaving. */
export async function recordColyseus(): Promise<Recording> {
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define('table', Table);
  await server.listen(0, '127.0.0.1');
  const proxy = await recordProxy((http.address() as AddressInfo).port);
  const client = new Client(proxy.url.replace('ws:', 'http:'));
  const room = await client.joinOrCreate<{ turn: number }>('table');
  await once<void>((done) => room.onStateChange.once(() => done()));
  const moved = once((done) => room.onMessage('moved', done));
  const turned = once<void>((done) => room.onStateChange((state) => state.turn === 1 && done()));
  room.send('move', { x: 7 });
  await moved;
  await turned;
  const came = once((done) => room.onMessage('bytes', done));
  room.sendBytes('bytes', Uint8Array.of(9));
  await came;
  await room.leave();
  await server.gracefullyShutdown(false);
  await proxy.close();
  return { decoder: 'colyseus', between: '@colyseus/core and colyseus.js 0.16', ...proxy.connections[0]! };
}
