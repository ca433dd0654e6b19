import { restartInsight } from './insight/restart-insight';
import type { Store } from './store';
import { setView } from './views';

/** Decoders or the choices of them are others now: what was made of messages until now is void. */
export function redecode(store: Store): void {
  const logs = [store.liveLog, ...store.opened.values()];
  for (const open of logs) {
    open.content.forget();
    open.rows.forget();
  }
  restartInsight(store);
  for (const open of logs) {
    for (const view of store.viewsOf(open.log)) {
      if (view.filter.needsDecoded) setView(store, view.id, view.spec).wake();
    }
  }
}
