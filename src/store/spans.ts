import type { FrameLog } from './log';

/** Frames nearer to one another than this are taken together: to test those between costs less than to begin anew. */
const NEAR = 64;

/** Frames `from` to `to` (exclusive), all of one segment. */
export interface Span {
  segment: number;
  from: number;
  to: number;
}

/** @returns spans that hold all the frames given, in ascending order; frames between those near to one another are in them too */
export function spansOf({ segments }: FrameLog, frames: readonly number[]): Span[] {
  const spans: Span[] = [];
  let last: Span | undefined;
  for (const frame of Uint32Array.from(frames).sort()) {
    const end = last === undefined ? 0 : (segments.all[last.segment + 1]?.first ?? Number.POSITIVE_INFINITY);
    if (last !== undefined && frame < end && frame - last.to < NEAR) last.to = frame + 1;
    else {
      last = { segment: segments.of(frame), from: frame, to: frame + 1 };
      spans.push(last);
    }
  }
  return spans;
}
