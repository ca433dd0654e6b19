import { signal } from '@preact/signals';
import type { Link } from './link';

export interface Notice {
  id: number;
  message: string;
  level: 'info' | 'warning' | 'error';
  /** A way to take it back, for as long as the notice is shown. */
  action: { label: string; run(): void } | null;
  /** Called when the notice leaves without its action. */
  expired?: () => void;
}

export type Notices = ReturnType<typeof createNotices>;

/** So many are shown at once, the latest. */
const MOST = 4;

/** Short messages at the foot of the panel. */
export function createNotices(link: Link) {
  const list = signal<readonly Notice[]>([]);
  let lastId = 0;
  const dismiss = (id: number): void => {
    const notice = list.peek().find((each) => each.id === id);
    list.value = list.peek().filter((each) => each.id !== id);
    notice?.expired?.();
  };
  const show = (notice: Omit<Notice, 'id'>): number => {
    const id = ++lastId;
    // The same words twice are one notice.
    const others = list.peek().filter((each) => each.message !== notice.message || each.action || notice.action);
    const all = [...others, { ...notice, id }];
    list.value = all.slice(-MOST);
    for (const gone of all.slice(0, -MOST)) gone.expired?.();
    return id;
  };
  link.store.on('notice', ({ message, level }) => show({ message, level, action: null }));
  return {
    list,
    show,
    dismiss,
    info: (message: string) => show({ message, level: 'info', action: null }),
    error: (error: unknown) => show({ message: messageOf(error), level: 'error', action: null }),
    act(notice: Notice) {
      list.value = list.peek().filter((each) => each.id !== notice.id);
      notice.action?.run();
    },
  };
}

/** What to tell the user of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const where = (error as { where?: unknown }).where;
  return typeof where === 'string' && where && !error.message.includes(where)
    ? `${error.message} (${where})`
    : error.message;
}
