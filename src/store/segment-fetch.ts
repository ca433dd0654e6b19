import type { FrameLog } from './log';

/** Segments that are fetched while one is looked at. */
const AHEAD = 4;

/** Fetches the segments of a log one after the other, some ahead, without turning the cache over. */
export class SegmentFetch {
  readonly #ahead = new Map<number, Promise<Uint8Array | null>>();

  constructor(readonly log: FrameLog) {}

  /** Payloads of a segment; `null` when nobody has them. */
  async get(segment: number): Promise<Uint8Array | null> {
    const { segments } = this.log;
    for (const old of this.#ahead.keys()) if (old < segment) this.#ahead.delete(old);
    for (let next = segment; next <= segment + AHEAD && next < segments.all.length; next++) {
      if (segments.all[next].data === null && !this.#ahead.has(next)) this.#ahead.set(next, segments.get(next, false));
    }
    return segments.peek(segment) ?? (await this.#ahead.get(segment)) ?? null;
  }
}
