import { batch, signal } from '@preact/signals';
import { isRecord } from '../../core/messages/rpc';
import type { SessionInfo } from '../../core/model/session';
import { countOf } from '../text/formatCount';
import { type Link, LinkError } from './link';
import type { Log } from './log';
import type { Notices } from './notices';
import { type PreferenceStorage, preference } from './preference';

/** How often it is looked whether another DevTools records on, in ms. */
const LOOK_MS = 1000;

/** Earlier sessions: the list of them, and what can be done with one. */
export function createSessions(parts: {
  link: Link;
  log: Log;
  notices: Notices;
  storage: PreferenceStorage;
  /** Called when a session takes the place of what was shown. */
  opened: () => void;
}) {
  const { link, log, notices, storage, opened } = parts;
  const budget = preference(storage, 'budget', { bytes: 2 * 1024 ** 3, sessions: 50 }, asBudget);
  const open = signal(false);
  const list = signal<readonly SessionInfo[] | null>(null);
  const failed = (error: unknown): void => void notices.error(error);
  const newestFirst = (sessions: readonly SessionInfo[]): SessionInfo[] =>
    [...sessions].sort((a, b) => b.startedAt - a.startedAt);
  let again: ReturnType<typeof setTimeout> | undefined;
  const take = (sessions: readonly SessionInfo[]): void => {
    list.value = newestFirst(sessions);
    clearTimeout(again);
    if (sessions.some(({ live }) => live)) again = setTimeout(look, LOOK_MS);
  };
  link.store.on('sessions', (sessions) => {
    if (open.peek()) take(sessions);
    const shown = log.session.peek();
    const fresh = shown && sessions.find((session) => session.id === shown.id);
    if (fresh) log.session.value = fresh;
  });
  const reload = (): Promise<void> => link.store.call('sessions', null).then(take, failed);

  /** A DevTools that is closed tells nobody: the list is asked for anew while it has a live session that is not ours. */
  async function look(): Promise<void> {
    try {
      const { frames, connections } = await link.store.call('counts', { log: 'live' });
      const ours = frames + connections > 0 ? 1 : 0;
      const live = list.peek()?.filter((session) => session.live).length ?? 0;
      if (open.peek() && live > ours) await reload();
    } catch (error) {
      if (!(error instanceof LinkError)) failed(error);
    }
  }

  function show(): void {
    open.value = true;
    void reload();
  }

  return {
    open,
    list,
    budget,
    setBudget(next: { bytes: number; sessions: number }) {
      const valid = asBudget(next);
      if (!valid) return;
      budget.value = valid;
      link.store.call('setBudget', valid).then(reload, failed);
    },
    show,
    toggle() {
      if (open.peek()) open.value = false;
      else show();
    },
    async view(id: string): Promise<void> {
      try {
        const info = await link.store.call('openSession', { session: id });
        batch(() => {
          opened();
          log.show(info.id, info);
          open.value = false;
        });
      } catch (error) {
        failed(error);
      }
    },
    rename: (session: string, name: string) => link.store.call('renameSession', { session, name }).then(reload, failed),
    pin: (session: string, pinned: boolean) => link.store.call('pinSession', { session, pinned }).then(reload, failed),
    async delete(sessions: string[]): Promise<void> {
      try {
        await link.store.call('deleteSessions', { sessions });
        if (log.session.peek() && sessions.includes(log.session.peek()!.id)) log.backToLive();
        await reload();
        notices.show({
          message: `Deleted ${countOf(sessions.length, 'session')}`,
          level: 'info',
          action: {
            label: 'Undo',
            run: () => void link.store.call('undeleteSessions', { sessions }).then(reload, failed),
          },
          expired: () => void link.store.call('purge', { sessions }).catch(failed),
        });
      } catch (error) {
        failed(error);
      }
    },
  };
}

function asBudget(value: unknown): { bytes: number; sessions: number } | undefined {
  if (!isRecord(value)) return undefined;
  const { bytes, sessions } = value;
  const valid = typeof bytes === 'number' && bytes > 0 && typeof sessions === 'number' && sessions >= 1;
  return valid ? { bytes, sessions: Math.floor(sessions) } : undefined;
}
