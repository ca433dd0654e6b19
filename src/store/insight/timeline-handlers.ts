import type { TimelineCalls } from '../../core/insight/timeline/timeline-calls';
import type { Handlers } from '../../core/messages/rpc';
import type { FrameLog } from '../log';
import type { Store } from '../store';
import { LogTimeline } from './log-timeline';

/** The panel's call about messages over time. What was counted is kept while the log is there and the same connections are asked for. */
export function timelineHandlers(store: Store): Handlers<TimelineCalls> {
  const known = new WeakMap<FrameLog, LogTimeline>();
  return {
    async timeline({ log: id, connection, points }) {
      const { log } = store.log(id);
      const before = known.get(log);
      const timeline = before?.connection === connection ? before : new LogTimeline(log, connection);
      known.set(log, timeline);
      await timeline.read();
      return timeline.report(points);
    },
  };
}
