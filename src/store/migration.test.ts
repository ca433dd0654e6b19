import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { DATABASE_NAME, DATABASE_VERSION } from './database';
import { Machine } from './testing/harness';

/** What each version of the database wrote: opened with today's code, it must give the same rows. */
const written: Record<number, () => Promise<void>> = {
  async 1() {
    const database = await openDB(DATABASE_NAME, 1, {
      upgrade(db) {
        for (const name of [
          'sessions',
          'settings',
          'documents',
          'connections',
          'marks',
          'columns',
          'payloads',
          'parts',
        ]) {
          db.createObjectStore(name);
        }
      },
    });
    const session = {
      id: 's',
      name: 'Old',
      site: 'example.com',
      startedAt: 1000,
      endedAt: 2000,
      connections: 1,
      frames: 3,
    };
    const more = {
      bytes: 9,
      importedFrom: null,
      live: false,
      pinned: false,
      state: 'ended',
      dropped: 0,
      deletedAt: null,
    };
    await database.put('sessions', { ...session, ...more }, 's');
    await database.put('columns', fromHex(COLUMNS_1).buffer, ['s', 0, 0]);
    await database.put('payloads', fromHex('6f6e6574776fff0102'), ['s', 0, 0]);
    await database.put('marks', 'here', ['s', 1]);
    database.close();
  },
};

/** Header, then three rows: text "one" sent, text "two", and binary that came late, at offset 6. */
const COLUMNS_1 = [
  '4653423101000000000000000000000003000000370000000900000000000000',
  '0000000000408f400000000000488f400000000000508f40',
  '030000000300000003000000',
  '010000000100000001000000',
  '000001',
  '010004',
  Buffer.from('[{"type":"late","frame":2,"offset":6,"bytes":3}]'.padEnd(0x37)).toString('hex'),
].join('');

test.each(Array.from({ length: DATABASE_VERSION }, (_, i) => i + 1))(
  'a session of version %i opens',
  async (version) => {
    const machine = new Machine();
    await written[version]();
    const devtools = machine.start();
    expect(await devtools.call('sessions', null)).toMatchObject([{ id: 's', name: 'Old', frames: 3 }]);
    await devtools.call('openSession', { session: 's' });
    const rows = await devtools.rows({ log: 's' });
    expect(rows.map(({ time, direction, length, marked, note }) => [time, direction, length, marked, note])).toEqual([
      [1000, 'sent', 3, false, ''],
      [1001, 'received', 3, true, 'here'],
      [1002, 'received', 3, false, ''],
    ]);
    expect(rows.slice(0, 2).map(({ data }) => data)).toEqual(['one', 'two']);
    const late = await devtools.call('payload', { log: 's', frame: 2, from: 0, to: 3 });
    expect([...new Uint8Array(late.bytes)]).toEqual([255, 1, 2]);
  },
);

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
