import { expect, test } from 'vitest';
import type { Client } from '../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../core/messages/store';
import { ClosedError, type Documents } from './documents';
import { Replay } from './replay';

const URL_OF_ALL = 'wss://example.com/';

/** Connections that the store takes for open, of which the page has closed some meanwhile. */
function bench(open: number[], closed: number[], failure = new ClosedError('The connection is closed')) {
  const sent: number[] = [];
  const connections = open.map((id) => ({ id, url: URL_OF_ALL, state: 'open', protocols: [], protocol: '' }));
  const store = {
    call: async (method: string, { connection, id }: { connection?: number; id?: number }) =>
      method === 'connections' ? connections : method === 'origin' ? { key: 'page', id: connection } : (id ?? null),
    on: () => () => undefined,
  };
  const page = {
    key: 'page',
    ask: async ({ type, connection }: { type: string; connection: number }) => {
      if (type === 'open') {
        connections.push({ ...connections[0], id: 100 });
        return 100;
      }
      if (closed.includes(connection)) throw failure;
      return sent.push(connection);
    },
  };
  const documents = { get: () => page };
  return {
    sent,
    replay: new Replay(store as unknown as Client<StoreCalls, StoreEvents>, documents as unknown as Documents),
  };
}

const message = { kind: 'text', text: 'again' } as const;

test('a connection that the page has closed meanwhile is passed over for another, then for a new one', async () => {
  const other = bench([1, 2, 3], [1, 3]);
  expect(await other.replay.send(1, message, true)).toEqual({ via: 'other', connection: 2 });
  expect(other.sent).toEqual([2]);
  const none = bench([1, 2], [1, 2]);
  expect(await none.replay.send(1, message, true)).toEqual({ via: 'new', connection: 100 });
  expect(none.sent).toEqual([100]);
});

test('where no other may take it, or it failed otherwise, the user is told', async () => {
  await expect(bench([1, 2], [1]).replay.send(1, message, false)).rejects.toThrow('The connection is closed');
  const failing = bench([1, 2], [1], new Error('out of memory'));
  await expect(failing.replay.send(1, message, true)).rejects.toThrow('out of memory');
  expect(failing.sent).toEqual([]);
});
