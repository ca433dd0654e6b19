import { expect, it } from 'vitest';
import { TrafficLog } from './log';

const about = { url: '/echo?a', path: '/echo', protocol: '', extensions: '', headers: {} };

it('keeps bytes up to its limit and counts the rest', () => {
  const log = new TrafficLog({ maxBytes: 10 });
  const connection = log.open(about);
  log.add(connection, 'sent', true, new Uint8Array(6), true);
  log.add(connection, 'sent', true, new Uint8Array(6), true);
  log.add(connection, 'received', false, new Uint8Array(4), true);
  log.add(connection, 'received', false, new Uint8Array(0), false);
  expect(connection.messages.map(({ data }) => data.byteLength)).toEqual([6, 4]);
  expect(connection.dropped).toBe(2);
  expect(connection.tally).toEqual({ sent: { messages: 2, bytes: 12 }, received: { messages: 2, bytes: 4 } });
});

it('copies what it keeps', () => {
  const log = new TrafficLog();
  const connection = log.open(about);
  const bytes = Uint8Array.of(1, 2);
  log.add(connection, 'sent', true, bytes, true);
  bytes[0] = 9;
  expect(connection.messages[0]?.data).toEqual(Uint8Array.of(1, 2));
});

it('lists the latest connections and frees what it forgets', () => {
  const log = new TrafficLog({ maxConnections: 2, maxBytes: 4 });
  const first = log.open(about);
  log.add(first, 'sent', true, new Uint8Array(4), true);
  log.close(first, 1000, '');
  log.open(about);
  const third = log.open(about);
  log.add(third, 'sent', true, new Uint8Array(4), true);
  expect(log.connections.map(({ id }) => id)).toEqual([2, 3]);
  expect(log.opened).toBe(3);
  expect(third.dropped).toBe(0);
});

it('clears messages and closed connections', () => {
  const log = new TrafficLog({ maxMessages: 1 });
  const closed = log.open(about);
  log.close(closed, 1000, '');
  const open = log.open(about);
  log.add(open, 'sent', true, new Uint8Array(1), true);
  log.clear();
  expect(log.connections).toEqual([open]);
  log.add(open, 'sent', true, new Uint8Array(1), true);
  expect(open.messages).toHaveLength(1);
  expect(() => log.last('/nothing')).toThrow('No connection');
});
