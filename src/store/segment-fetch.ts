import type { FrameLog } from './log';
import type { Taken } from './segments';

/** Segments that are fetched while one is looked at. */
const AHEAD = 4;

/** Fetches the segments of a log one after the other, some ahead, without turning the cache over. */
export class SegmentFetch {
  readonly #ahead = new Map<number, Promise<Taken | null>>();

  constructor(readonly log: FrameLog) {}

  /** Payloads of a segment, valid until a later one is asked for; `null` when nobody has them. */
  async get(segment: number): Promise<Uint8Array | null> {
    for (const [old, taking] of this.#ahead) {
      if (old >= segment) continue;
      this.#ahead.delete(old);
      // Who could not have it was told; who does not want it any more need not know.
      void taking.then((taken) => taken && this.log.segments.free(taken)).catch(() => undefined);
    }
    this.#begin(segment);
    return this.log.segments.peek(segment) ?? (await this.#ahead.get(segment))?.data ?? null;
  }

  /** The same, for who wants to hand them on: they are the caller's from now on. */
  async take(segment: number): Promise<Taken | null> {
    this.#begin(segment);
    const present = this.log.segments.peek(segment);
    if (present !== null) return { data: present, own: false };
    const taking = this.#ahead.get(segment);
    this.#ahead.delete(segment);
    return (await taking) ?? null;
  }

  #begin(segment: number): void {
    const { segments } = this.log;
    for (let next = segment; next <= segment + AHEAD && next < segments.all.length; next++) {
      if (segments.all[next].data === null && !this.#ahead.has(next)) this.#ahead.set(next, segments.take(next));
    }
  }
}
