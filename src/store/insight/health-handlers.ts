import type { HealthCalls } from '../../core/insight/health/health-calls';
import type { Handlers } from '../../core/messages/rpc';
import type { FrameLog } from '../log';
import type { Store } from '../store';
import { LogHealth } from './log-health';

/** The panel's call about the health of a log. What was found is kept for as long as the log is there. */
export function healthHandlers(store: Store): Handlers<HealthCalls> {
  const known = new WeakMap<FrameLog, LogHealth>();
  return {
    async health({ log: id }) {
      const { log, insight } = store.log(id);
      const health = known.get(log) ?? new LogHealth(log, insight);
      known.set(log, health);
      await health.read();
      return health.report();
    },
  };
}
