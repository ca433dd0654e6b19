import { ROW_BYTES } from '../core/batch/layout';
import { isRecord } from '../core/messages/rpc';
import type { SessionRecord } from './database';
import { tidy } from './recovery';
import { removeSession } from './sessions';
import type { Store } from './store';
import { formatBytes } from './summary';

/** The most that ended, unpinned sessions may take together. */
export interface Budget {
  bytes: number;
  sessions: number;
}

export const DEFAULT_BUDGET: Budget = { bytes: 2 * 1024 ** 3, sessions: 50 };

/** @returns a budget as it was stored, or `null` if it is none */
export function parseBudget(value: unknown): Budget | null {
  if (!isRecord(value) || typeof value.bytes !== 'number' || typeof value.sessions !== 'number') return null;
  return { bytes: value.bytes, sessions: value.sessions };
}

/**
 * @param records of sessions that nobody records or shows
 * @param spare id of one that stays, whatever it takes
 * @returns those that have to go, oldest first
 */
export function overBudget(records: SessionRecord[], budget: Budget, spare?: string): SessionRecord[] {
  const unpinned = records.filter(({ pinned, deletedAt, state }) => !pinned && deletedAt === null && state === 'ended');
  // What a file tells may have happened long ago: it was kept since it was imported.
  unpinned.sort((a, b) => keptSince(a) - keptSince(b));
  let bytes = unpinned.reduce((sum, record) => sum + diskBytes(record), 0);
  let sessions = unpinned.length;
  const over: SessionRecord[] = [];
  for (const record of unpinned) {
    if (bytes <= budget.bytes && sessions <= budget.sessions) break;
    if (record.id === spare) continue;
    over.push(record);
    bytes -= diskBytes(record);
    sessions--;
  }
  return over;
}

/** Payloads and columns, about: connections, marks and what is told of single frames are not counted. */
function diskBytes({ bytes, frames }: SessionRecord): number {
  return bytes + frames * ROW_BYTES;
}

/** ms since the epoch. Records of earlier versions do not tell: there it is when their session began. */
function keptSince(record: SessionRecord): number {
  return record.keptSince ?? record.startedAt;
}

/**
 * Removes the oldest sessions beyond the budget, and says so.
 * @param spare id of one that was asked for just now
 */
export async function keepBudget(store: Store, spare?: string): Promise<void> {
  const database = await store.database;
  if (database === null) return;
  // Sessions whose DevTools was closed since count as well.
  await tidy(store, database);
  const records = await database.getAll('sessions');
  const used = await store.locks.inUse();
  const over = overBudget(
    records.filter(({ id }) => !used.has(id)),
    store.budget,
    spare,
  );
  for (const { id } of over) await removeSession(database, id);
  if (over.length === 0) return;
  const bytes = formatBytes(over.reduce((sum, record) => sum + diskBytes(record), 0));
  const names = over.length === 1 ? `the oldest session, ${over[0].name}` : `the ${over.length} oldest sessions`;
  store.emit('notice', { message: `Removed ${names} (${bytes}), to stay within the budget`, level: 'info' });
}
