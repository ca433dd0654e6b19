import type { Store } from '../store';
import { setView } from '../views';

/** Decoders or fields are others now: all open logs are read anew, those that are looked at from now on. */
export function restartInsight(store: Store): void {
  for (const open of [store.liveLog, ...store.opened.values()]) {
    open.insight.restart();
    for (const view of store.viewsOf(open.log)) {
      if (view.filter.needsPairs) setView(store, view.id, view.spec).wake();
    }
    if (open.insight.wanted()) open.insight.wake();
  }
}
