import { batch, computed, signal } from '@preact/signals';
import type { Counts, LogId } from '../../core/messages/store';
import type { Connection, DocumentInfo } from '../../core/model/connection';
import type { SessionInfo } from '../../core/model/session';
import type { Link } from './link';

const NONE: Omit<Counts, 'log'> = { frames: 0, connections: 0, bytes: 0, dropped: 0 };

export type Log = ReturnType<typeof createLog>;

/** The log that is looked at: the live one, or an earlier session's. */
export function createLog(link: Link, failed: (error: unknown) => void) {
  const id = signal<LogId>('live');
  const session = signal<SessionInfo | null>(null);
  const counts = signal<Counts>({ log: 'live', ...NONE });
  const byId = signal<ReadonlyMap<number, Connection>>(new Map());
  const documents = signal<readonly DocumentInfo[]>([]);
  /** Grows when the log was emptied: whatever was drawn of it is void. */
  const emptied = signal(0);
  const connections = computed(() => [...byId.value.values()].sort((a, b) => a.id - b.id));

  /** Asks for everything. Each answer is taken as it comes: events that come after it are newer than it. */
  function load(): void {
    const log = id.peek();
    const current = (): boolean => id.peek() === log;
    link.store
      .call('counts', { log })
      .then((answer) => {
        if (current()) counts.value = answer;
      })
      .catch(failed);
    link.store
      .call('connections', { log })
      .then((list) => {
        if (current()) byId.value = new Map(list.map((connection) => [connection.id, connection]));
      })
      .catch(failed);
    void loadDocuments();
  }

  link.onConnect(load);
  link.store.on('counts', (newCounts) => {
    if (newCounts.log === id.peek()) counts.value = newCounts;
  });
  link.store.on('connections', ({ log, changed, cleared }) => {
    if (log !== id.peek()) return;
    const map = new Map(cleared ? [] : byId.peek());
    for (const connection of changed) map.set(connection.id, connection);
    const known = new Set(documents.peek().map((document) => document.id));
    batch(() => {
      byId.value = map;
      if (cleared) emptied.value++;
    });
    if (cleared || changed.some((connection) => !known.has(connection.document))) void loadDocuments();
  });

  async function loadDocuments(): Promise<void> {
    const log = id.peek();
    try {
      const list = await link.store.call('documents', { log });
      if (id.peek() === log) documents.value = list;
    } catch (error) {
      failed(error);
    }
  }

  function show(log: LogId, info: SessionInfo | null): void {
    const old = session.peek();
    batch(() => {
      id.value = log;
      session.value = info;
      counts.value = { log, ...NONE };
      byId.value = new Map();
      documents.value = [];
      emptied.value++;
    });
    load();
    if (old && old.id !== log) link.store.call('closeSession', { session: old.id }).catch(failed);
  }

  return {
    id,
    /** The earlier session that is shown; `null` when live. */
    session,
    live: computed(() => id.value === 'live'),
    counts,
    byId,
    connections,
    documents,
    emptied,
    show,
    backToLive: () => show('live', null),
  };
}
