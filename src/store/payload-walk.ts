import { APART, NOWHERE } from './columns';
import type { FrameLog } from './log';
import { SegmentFetch } from './segment-fetch';

/**
 * Payloads of frames in about the order of their log, for who goes through all of it: segments are read ahead, and let
 * go of when they are done with, so that neither the cache is turned over nor memory grows.
 */
export class PayloadWalk {
  readonly #fetch: SegmentFetch;
  #segment = -1;
  #data: Uint8Array | null = null;

  constructor(readonly log: FrameLog) {
    this.#fetch = new SegmentFetch(log);
  }

  /** The payload if it is at hand; `null` when there is none, `undefined` when {@link load} has to be asked. */
  now(frame: number): Uint8Array | null | undefined {
    const { columns, segments } = this.log;
    const segment = columns.segment(frame);
    if (segment !== this.#segment || this.#data === null) {
      const data = segment > this.#segment ? segments.peek(segment) : null;
      if (data === null) return this.log.payloadNow(frame);
      this.#hold(segment, data);
    }
    const offset = columns.offset(frame);
    return this.#data?.subarray(offset, offset + columns.length(frame));
  }

  /** The payload, from memory or disk; `null` when there is none. */
  async load(frame: number): Promise<Uint8Array | null> {
    const segment = this.log.columns.segment(frame);
    // One that came late lies with others than its neighbours; those lie where the walk has been already.
    if (segment === NOWHERE || segment === APART || segment < this.#segment) return this.log.payload(frame);
    const data = await this.#fetch.get(segment);
    if (data === null) return null;
    this.#hold(segment, data);
    return this.now(frame) ?? null;
  }

  #hold(segment: number, data: Uint8Array): void {
    this.#segment = segment;
    this.#data = data;
  }
}
