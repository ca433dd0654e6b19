import type { FrameLog } from '../log';

/** ms between a request and its reply, of either of them; `null` where there is no pair. */
export function pairLatency(log: Pick<FrameLog, 'pairs' | 'columns'>, frame: number): number | null {
  const other = log.pairs.other(frame);
  return other < 0 ? null : Math.abs(log.columns.time(frame) - log.columns.time(other));
}
