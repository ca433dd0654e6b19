import { FLAG } from '../core/model/frame';
import { APART, NOWHERE } from './columns';
import type { FrameLog } from './log';
import type { Segment } from './segments';

/**
 * Lets go of payloads that only memory has, oldest first, until `limit` bytes are left. Their rows stay, flagged.
 * @returns the frames that lost theirs
 */
export function dropOldest(log: FrameLog, limit: number): number[] {
  const { apart, segments } = log;
  const frames: number[] = [];
  const isTooMuch = () => segments.unsavedBytes + apart.unsavedBytes > limit;
  if (!isTooMuch()) return frames;
  const large = apart.unsavedFrames().filter((frame) => log.columns.segment(frame) === APART);
  let next = 0;
  while (isTooMuch()) {
    const segment = segments.oldestUnsaved();
    if (next < large.length && (segment === null || large[next] < segment.first)) dropApart(log, large[next++], frames);
    else if (segment !== null) {
      segments.dropUnsaved(segment);
      dropSegment(log, segment, frames);
    } else break;
  }
  return frames;
}

/**
 * The disk is gone, and with it all payloads that memory does not hold. What memory holds waits to be written anew, should
 * there be a disk again.
 * @returns the frames that lost theirs
 */
export function loseDisk(log: FrameLog): number[] {
  const { apart, segments } = log;
  const frames: number[] = [];
  for (const frame of apart.savedFrames()) dropApart(log, frame, frames);
  const saved = new Set(segments.all.filter((segment) => segment.saved));
  for (const segment of segments.loseSaved()) dropSegment(log, segment, frames);
  noteAnew(log, saved);
  return frames;
}

/** A segment's notes are not kept when it is on disk: what they told is known elsewhere. */
function noteAnew(log: FrameLog, saved: ReadonlySet<Segment>): void {
  const { apart, columns, segments } = log;
  const notesOf = (frame: number) => {
    const segment = segments.all[segments.of(frame)];
    return saved.has(segment) ? segment.notes : null;
  };
  for (const [frame, stack] of log.stacks) notesOf(frame)?.push({ type: 'stack', frame, stack });
  for (const [frame, bytes] of log.buffered) notesOf(frame)?.push({ type: 'buffered', frame, bytes });
  for (const frame of apart.unsavedFrames()) {
    if (columns.segment(frame) === APART) notesOf(frame)?.push({ type: 'apart', frame, parts: apart.complete(frame) });
  }
}

function dropApart(log: FrameLog, frame: number, frames: number[]): void {
  log.apart.remove(frame);
  log.columns.locate(frame, NOWHERE, 0);
  drop(log, frame, frames);
}

function dropSegment(log: FrameLog, segment: Segment, frames: number[]): void {
  const { columns } = log;
  for (let row = segment.first; row < segment.first + segment.rows; row++) {
    if (columns.segment(row) === segment.number) drop(log, row, frames);
  }
  for (let i = 0; i < segment.late.length; i++) {
    const frame = segment.late.frame(i);
    if (columns.segment(frame) === segment.number) drop(log, frame, frames);
  }
}

function drop(log: FrameLog, frame: number, frames: number[]): void {
  if (log.columns.length(frame) === 0 || (log.columns.flags(frame) & FLAG.dropped) !== 0) return;
  log.columns.addFlags(frame, FLAG.dropped);
  log.dropped++;
  frames.push(frame);
}
