import { expect, test } from 'vitest';
import type { Connection } from '../../core/model/connection';
import { matchEntries } from './match-entries';
import { readSocketEntry, type SocketEntry } from './socket-entry';

const URL = 'wss://example.com/live';

function entry(startedAt: number, url = URL): SocketEntry {
  const headers = [{ name: 'Sec-WebSocket-Key', value: `key ${startedAt}` }];
  const read = readSocketEntry({
    startedDateTime: new Date(startedAt).toISOString(),
    request: { url, headers },
    response: { status: 101 },
  });
  if (!read) throw new Error('not a socket');
  return read;
}

function connection(id: number, createdAt: number, more: Partial<Connection> = {}): Connection {
  return {
    id,
    url: URL,
    createdAt,
    openedAt: null,
    closedAt: null,
    state: 'connecting',
    protocol: '',
    protocols: [],
    ...more,
  } as Connection;
}

function matched(entries: SocketEntry[], connections: Connection[]): (number | undefined)[] {
  const found = matchEntries(entries, connections);
  return entries.map((entry) => found.get(entry)?.id);
}

test('gives handshakes to one URL in the order of construction, in whatever order they come', () => {
  const connections = [
    connection(2, 1010, { openedAt: 1100, state: 'open' }),
    connection(1, 1000, { openedAt: 1050, state: 'open' }),
    connection(3, 1020, { openedAt: 1200, state: 'open' }),
  ];
  expect(matched([entry(1180), entry(1040), entry(1090)], connections)).toEqual([3, 1, 2]);
});

test('gives handshakes that were not sent in the order of construction in the order in which they were over', () => {
  const connections = [
    connection(1, 1000, { openedAt: 1050, state: 'open' }),
    connection(2, 1000.1, { openedAt: 1070, state: 'open' }),
    connection(3, 1000.2, { openedAt: 1060, state: 'open' }),
    connection(4, 1000.3),
    connection(5, 1000.4),
  ];
  expect(matched([entry(1055), entry(1045), entry(1065), entry(1080)], connections)).toEqual([3, 1, 2, 4]);
});

test('knows other URLs apart, and no fragments', () => {
  const connections = [connection(1, 1000), connection(2, 1000, { url: 'wss://example.com/other#part' })];
  expect(matched([entry(1001, 'wss://example.com/other'), entry(1002)], connections)).toEqual([2, 1]);
});

test('knows those with other subprotocols apart, asked for or chosen', () => {
  const told = (asked: string, chosen: string): SocketEntry => {
    const read = entry(1001);
    read.handshake.requestHeaders.push({ name: 'Sec-WebSocket-Protocol', value: asked });
    read.handshake.responseHeaders.push({ name: 'Sec-WebSocket-Protocol', value: chosen });
    return read;
  };
  const opened = (id: number, protocol: string) => connection(id, 1000, { protocol, openedAt: 1003, state: 'open' });
  const connections = [opened(1, 'v1'), opened(2, 'v2'), connection(3, 1000, { protocols: ['v3', 'v0'] })];
  expect(matched([told('v3, v0', 'v0'), told('v2, v0', 'v2'), told('v1, v0', 'v1')], connections)).toEqual([3, 2, 1]);
});

test('leaves a handshake that no connection of the page can have sent', () => {
  const later = connection(1, 2000, { openedAt: 2050, state: 'open' });
  expect(matched([entry(1500), entry(2010)], [later])).toEqual([undefined, 1]);
});

test('takes a handshake that began before a busy page’s constructor returned, and prefers who came first', () => {
  const connections = [
    connection(1, 1100, { openedAt: 1200, state: 'open' }),
    connection(2, 1150, { openedAt: 1250, state: 'open' }),
  ];
  expect(matched([entry(1110), entry(1060)], connections)).toEqual([2, 1]);
});

test('gives no handshake to a connection that was open before its time is known', () => {
  expect(matched([entry(5000)], [connection(1, 1000, { state: 'open' })])).toEqual([undefined]);
});

test('gives one that was never sent to a connection that never opened', () => {
  const read = readSocketEntry({ startedDateTime: '1969-12-31T23:59:59.000Z', request: { url: URL }, response: {} });
  const connections = [
    connection(1, 1000, { openedAt: 1001, state: 'open' }),
    connection(2, 1002, { closedAt: 1003, state: 'closed' }),
  ];
  expect(matched(read ? [read] : [], connections)).toEqual([2]);
});
