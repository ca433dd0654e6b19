import { expect, it } from 'vitest';
import { plainConnection } from '../../format/testing/plain-connection';
import type { Connection } from '../../model/connection';
import { lanesOf } from './lanes';

const close = (code: number) => ({ code, reason: '', wasClean: true, by: 'server' });
const made = (id: number, change: Partial<Connection>): Connection => ({ ...plainConnection, id, ...change });

it('puts one that reconnects behind the one before it, and what is open at the same time below', () => {
  const lanes = lanesOf([
    made(1, { url: 'wss://a.test/feed?try=1', createdAt: 10, closedAt: 20, state: 'closed', close: close(1006) }),
    made(2, { url: 'wss://a.test/chat', createdAt: 12 }),
    made(3, { url: 'wss://a.test/feed?try=2', createdAt: 15 }),
    made(4, { url: 'wss://a.test/feed', createdAt: 30 }),
  ]);
  expect(lanes.map(({ url, spans }) => [url, spans.map(({ connection }) => connection)])).toEqual([
    ['wss://a.test/feed', [1, 4]],
    ['wss://a.test/chat', [2]],
    ['wss://a.test/feed', [3]],
  ]);
});

it.each([
  ['open', {}],
  ['open', { state: 'closing' }],
  ['closed', { state: 'closed', closedAt: 5, close: close(1000) }],
  ['closed', { state: 'closed', closedAt: 5, close: null }],
  ['broken', { state: 'closed', closedAt: 5, close: close(1011) }],
  ['broken', { state: 'closed', openedAt: null, receivedFrames: 3, close: close(1006) }],
  ['failed', { state: 'closed', openedAt: null, close: close(1006) }],
  ['failed', { state: 'closed', failure: 'Unexpected response code: 403', close: close(1006) }],
] as const)('tells one that ended as %s', (end, change) => {
  expect(lanesOf([made(1, change as Partial<Connection>)])[0].spans[0].end).toBe(end);
});
