import type { HealthCalls } from '../../core/insight/health/health-calls';
import type { Handlers } from '../../core/messages/rpc';
import type { Store } from '../store';
import { LogHealth } from './log-health';

/** The panel's call about the health of a log. What was found is kept for as long as the same log is asked for. */
export function healthHandlers(store: Store): Handlers<HealthCalls> {
  let current: LogHealth | null = null;
  return {
    async health({ log: id }) {
      const { log, insight } = store.log(id);
      if (current?.log !== log) current = new LogHealth(log, insight);
      const health = current;
      await health.read();
      return health.report();
    },
  };
}
