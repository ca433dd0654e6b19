import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InsightMessage } from '../message';
import { KindTable } from './kind-table';

const message = (change: Partial<InsightMessage>): InsightMessage => ({
  frame: 0,
  time: 0,
  connection: 1,
  sent: false,
  bytes: 10,
  kind: 'a',
  pair: undefined,
  failed: false,
  ...change,
});

test('a row has count, bytes, rate, latest time and the last minute', () => {
  const table = new KindTable();
  for (let second = 0; second < 100; second++) {
    for (let i = 0; i < 4; i++) table.add(message({ time: second * 1000 + i * 200, kind: 'tick' }));
  }
  table.add(message({ time: 50_000, kind: 'tock', sent: true, bytes: 7 }));
  const [tick, tock] = table.rows(null);
  expect(tick).toMatchObject({ kind: 'tick', direction: 'received', frames: 400, bytes: 4000, rate: 4, last: 99_600 });
  expect(tick.recent).toEqual(Array(60).fill(4));
  expect(tock).toMatchObject({ kind: 'tock', direction: 'sent', frames: 1, bytes: 7, rate: 0 });
  expect(tock.recent.indexOf(1)).toBe(10);
});

test('a short log has a rate too', () => {
  const table = new KindTable();
  for (let i = 0; i < 10; i++) table.add(message({ time: 500 + i * 20 }));
  expect(table.rows(null)[0].rate).toBe(10);
});

test('all messages are counted once, for all and for their connection, whatever their kinds', () => {
  const kinds = fc.oneof(
    fc.constantFrom('', 'x', 'op 1'),
    fc.nat(5000).map((n) => `PUBLISH t/${n}`),
    fc.string(),
  );
  const messages = fc.array(
    fc.record({ kind: kinds, connection: fc.nat(3), sent: fc.boolean(), time: fc.nat(200_000), bytes: fc.nat(99) }),
    { maxLength: 300 },
  );
  const sum = (rows: { frames: number; bytes: number }[]) =>
    rows.reduce(([frames, bytes], row) => [frames + row.frames, bytes + row.bytes], [0, 0]);
  fc.assert(
    fc.property(messages, (list) => {
      const table = new KindTable();
      for (const each of list) table.add(message(each));
      expect(sum(table.rows(null))).toEqual([list.length, list.reduce((bytes, each) => bytes + each.bytes, 0)]);
      expect(sum([0, 1, 2, 3].flatMap((connection) => table.rows(connection)))).toEqual(sum(table.rows(null)));
    }),
  );
});
