import type { Moment } from '../../../state/timeline';
import { formatBytes } from '../../../text/formatBytes';
import { formatCount } from '../../../text/formatCount';
import { formatClock } from '../../../text/formatTime';

/** A moment in words, for the eye and for screen readers. */
export function momentText(moment: Moment): string {
  const { time, receivedFrames, receivedBytes, sentFrames, sentBytes } = moment;
  const rates = (frames: number, bytes: number): string => `${rateText(frames)}/s, ${formatBytes(Math.round(bytes))}/s`;
  return `${formatClock(time)} received ${rates(receivedFrames, receivedBytes)} · sent ${rates(sentFrames, sentBytes)}`;
}

function rateText(rate: number): string {
  return rate === 0 || rate >= 10 ? formatCount(rate) : rate.toFixed(1);
}
