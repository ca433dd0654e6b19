import type { TimelineCalls } from '../../core/insight/timeline/timeline-calls';
import type { Handlers } from '../../core/messages/rpc';
import type { Store } from '../store';
import { LogTimeline } from './log-timeline';

/** The panel's call about messages over time. What was counted is kept for as long as the same is asked for. */
export function timelineHandlers(store: Store): Handlers<TimelineCalls> {
  let current: LogTimeline | null = null;
  return {
    async timeline({ log: id, connection, points }) {
      const { log } = store.log(id);
      if (current === null || current.log !== log || current.connection !== connection) {
        current = new LogTimeline(log, connection);
      }
      const timeline = current;
      await timeline.read();
      return timeline.report(points);
    },
  };
}
