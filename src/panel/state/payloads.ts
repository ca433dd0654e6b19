import type { FrameRow, LogId } from '../../core/messages/store';
import type { Link } from './link';

/** Payloads cross in slices of at most this size, so that no message blocks anything. */
const SLICE = 4 * 1024 * 1024;

export interface WholePayload {
  row: FrameRow;
  bytes: Uint8Array;
}

export type Payloads = ReturnType<typeof createPayloads>;

/** Reads payloads from the store. */
export function createPayloads(link: Link) {
  async function slice(log: LogId, frame: number, from: number, to: number) {
    const answer = await link.store.call('payload', { log, frame, from, to });
    return { row: answer.row, bytes: new Uint8Array(answer.bytes), total: answer.total, stack: answer.stack };
  }
  return {
    slice,
    async whole(log: LogId, frame: number): Promise<WholePayload> {
      const first = await slice(log, frame, 0, SLICE);
      if (first.bytes.length >= first.total) return { row: first.row, bytes: first.bytes };
      const bytes = new Uint8Array(first.total);
      bytes.set(first.bytes);
      for (let at = first.bytes.length; at < first.total; ) {
        const next = await slice(log, frame, at, at + SLICE);
        if (!next.bytes.length) throw new Error(`The payload ends at byte ${at} of ${first.total}`);
        bytes.set(next.bytes, at);
        at += next.bytes.length;
      }
      return { row: first.row, bytes };
    },
  };
}
