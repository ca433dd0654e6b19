import type { CompiledFilter } from '../core/filter/types';
import type { ViewSpec } from '../core/messages/store';
import type { FrameLog } from './log';
import type { OpenLog } from './open-log';
import { type Store, TELL_MS } from './store';
import { throttle } from './turns';
import { View } from './view';

/** While little happens a row is told of at once; the panel draws no faster than this, in ms. */
const CALM_MS = 16;
/** In a flood nobody reads along: this often is enough, in ms, and no more often than counts are told. */
const FLOOD_MS = TELL_MS;
/** More new rows than this between two events are a flood. */
const FLOOD_ROWS = 50;

/** Opens a view, or replaces the one of that number, whose scan ends. */
export function setView(store: Store, id: number, spec: ViewSpec): View {
  store.views.get(id)?.close();
  const open = store.log(spec.log);
  const filter = compile(store, open, spec.query);
  if (filter.patterns.length > 0) store.prober?.warm();
  let last = 0;
  const tell = throttle(
    () => {
      const grown = view.rows - last;
      last = view.rows;
      // A long search that has shown its first rows must not spend its time on having the rest drawn.
      return grown > FLOOD_ROWS || (last > 0 && view.searching) ? FLOOD_MS : CALM_MS;
    },
    () => {
      if (store.views.get(id) === view) store.emit('view', view.state());
    },
  );
  const onChange = (whole: boolean) => {
    if (whole) tell.cancel();
    tell();
  };
  const limit = filter.needsPairs ? () => open.insight.scanned : undefined;
  const view = new View(id, spec, filter, open.content, store.prober, onChange, limit);
  if (filter.needsPairs) open.insight.wake();
  store.views.set(id, view);
  return view;
}

/** Views of a log that is gone go on with the one that took its place. */
export function replaceViews(store: Store, before: FrameLog, after: FrameLog): void {
  for (const view of store.viewsOf(before)) {
    const fresh = setView(store, view.id, view.spec);
    if (fresh.content.log !== after) throw new Error('The view is of another log');
    store.emit('view', fresh.state());
    fresh.wake();
  }
}

/** Compiles a query for a log. */
export function compile(store: Store, { log }: OpenLog, query: string): CompiledFilter {
  return store.deps.compileFilter(query, { connection: (id) => log.connections.get(id)?.connection });
}
