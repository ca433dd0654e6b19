import type { FrameRow } from '../../core/messages/store';
import { FLAG } from '../../core/model/frame';

/** Whether the payload of a row is still on its way: the store says so in place of the content. */
export function isOnItsWay(row: FrameRow): boolean {
  const deferred = row.flags & FLAG.deferred && !(row.flags & FLAG.dropped);
  return Boolean(deferred) && row.data.startsWith('(payload on its way');
}
