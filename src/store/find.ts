import type { CompiledFilter } from '../core/filter/types';
import { RowTest } from './row-test';
import { nextTurn, SLICE_MS } from './turns';
import type { View } from './view';

/** Rows fetched from the view at once. */
const STRIDE = 512;

/**
 * The next row of a view that passes a query.
 * @param from the first row looked at
 * @returns -1 when there is none in that direction
 */
export async function findRow(view: View, filter: CompiledFilter, from: number, backwards: boolean): Promise<number> {
  const { content } = view;
  const { log } = content;
  const test = new RowTest(filter, content);
  let sliceEnd = performance.now() + SLICE_MS;
  const step = backwards ? -1 : 1;
  for (let row = from; row >= 0 && row < view.rows; ) {
    const low = backwards ? Math.max(0, row - STRIDE + 1) : row;
    const frames = view.frames(low, backwards ? row + 1 : row + STRIDE);
    for (; row >= low && row < low + frames.length; row += step) {
      const frame = frames[row - low];
      if (filter.needsDecoded) await content.prepare(log.columns.connection(frame));
      let payload = filter.needsContent ? log.payloadNow(frame) : null;
      if (payload === undefined) payload = await log.payload(frame);
      if (test.passes(frame, payload)) return row;
      if (performance.now() < sliceEnd) continue;
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  return -1;
}
