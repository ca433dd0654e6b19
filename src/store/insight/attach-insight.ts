import type { LogId } from '../../core/messages/store';
import type { OpenLog } from '../open-log';
import type { Store } from '../store';
import { throttle } from '../turns';

/** The panel is told how far the reading is at most this often, in ms. */
const TELL_MS = 250;

/** Ties the reading of a log to those who want to know: the panel, and views whose filter asks for pairs. */
export function attachInsight(store: Store, open: OpenLog): void {
  const { insight, rows, log } = open;
  let linked = false;
  const tell = throttle(
    () => TELL_MS,
    () => {
      const id = idOf(store, open);
      if (id !== null) store.emit('insight', { log: id, ...insight.progress(), linked });
      linked = false;
    },
  );
  const needing = () => store.viewsOf(log).filter(({ filter }) => filter.needsPairs);
  insight.wanted = () => (store.watched !== null && store.watched === idOf(store, open)) || needing().length > 0;
  insight.onSlice = (changed, pairs) => {
    linked ||= pairs;
    tell();
    for (const view of needing()) {
      for (const frame of changed) void view.retest(frame);
      view.wake();
    }
  };
  rows.onDecoded = (frame, { parts }) => {
    if (frame < insight.scanned) return;
    const paired = parts?.some(({ pair }) => pair !== undefined);
    if (paired || insight.hasField(log.columns.connection(frame))) insight.wake();
  };
}

/** How the panel calls a log; `null` when it is not open any more. */
function idOf(store: Store, open: OpenLog): LogId | null {
  if (open === store.liveLog) return 'live';
  for (const [id, opened] of store.opened) if (opened === open) return id;
  return null;
}
