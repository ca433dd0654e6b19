import type { CompiledFilter } from '../core/filter/types';
import { NONE, NOWHERE } from './columns';
import type { Content } from './content';
import type { FrameTest } from './frame-test';
import { pairLatency } from './insight/pair-latency';
import type { ProbeConnection } from './probe-messages';
import type { Prober } from './prober';
import { packRecord } from './record';
import { SegmentFetch } from './segment-fetch';

/** Frames of a first request: its answer should come soon. Later ones take the rest of the segment. */
const FIRST_FRAMES = 512;

/** Has frames tested in another Worker, which can be ended when a regex does not. */
export class GuardedTest implements FrameTest {
  readonly #fetch: SegmentFetch;
  #first = true;

  constructor(
    readonly query: string,
    readonly filter: CompiledFilter,
    readonly content: Content,
    readonly prober: Prober,
    readonly signal: AbortSignal,
  ) {
    this.#fetch = new SegmentFetch(content.log);
  }

  async one(frame: number): Promise<boolean> {
    const { log } = this.content;
    const connection = log.columns.connection(frame);
    if (this.filter.needsDecoded) await this.content.prepare(connection);
    const payload = this.filter.needsContent ? await log.payload(frame) : null;
    const offsets = Uint32Array.of(payload === null ? NOWHERE : 0);
    const matches = await this.#ask(frame, frame + 1, offsets, payload?.slice() ?? new Uint8Array(0), null);
    return matches.length > 0;
  }

  async range(
    segment: number,
    from: number,
    end: number,
    only: ReadonlySet<number> | null,
    _deadline: number,
    onMatch: (frame: number) => void,
  ): Promise<number> {
    const { log } = this.content;
    const { columns } = log;
    const to = this.#first ? Math.min(end, from + FIRST_FRAMES) : end;
    this.#first = false;
    const data = this.filter.needsContent ? await this.#fetch.get(segment) : null;
    if (this.filter.needsDecoded) await this.content.prepareAll(from, to);
    const offsets = new Uint32Array(to - from).fill(NOWHERE);
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    let until = to;
    for (let frame = from; frame < to && data !== null; frame++) {
      const place = columns.segment(frame);
      if (place === NOWHERE) continue;
      if (place !== segment) {
        // Its payload lies elsewhere than those of its neighbours: it is asked about by itself.
        until = frame;
        break;
      }
      const offset = columns.offset(frame);
      offsets[frame - from] = offset;
      low = Math.min(low, offset);
      high = Math.max(high, offset + columns.length(frame));
    }
    if (until === from) {
      if ((await this.one(from)) && only?.has(columns.connection(from)) !== false) onMatch(from);
      return from + 1;
    }
    const places = offsets.slice(0, until - from);
    for (let i = 0; i < places.length; i++) if (places[i] !== NOWHERE) places[i] -= low;
    const bytes = data === null || high <= low ? new Uint8Array(0) : data.slice(low, high);
    for (const frame of await this.#ask(from, until, places, bytes, only)) onMatch(frame);
    return until;
  }

  #ask(from: number, to: number, offsets: Uint32Array, data: Uint8Array, only: ReadonlySet<number> | null) {
    const { log } = this.content;
    const gaps = new Float64Array(to - from);
    const latencies = new Float64Array(to - from);
    const connections = new Map<number, ProbeConnection>();
    const marked: number[] = [];
    for (let frame = from; frame < to; frame++) {
      const previous = log.columns.previous(frame);
      gaps[frame - from] = previous === NONE ? 0 : log.columns.time(frame) - log.columns.time(previous);
      latencies[frame - from] = log.pairs.isUnanswered(frame)
        ? Number.POSITIVE_INFINITY
        : (pairLatency(log, frame) ?? Number.NaN);
      if (log.marks.has(frame)) marked.push(frame);
      const id = log.columns.connection(frame);
      const entry = connections.has(id) ? undefined : log.connections.get(id);
      if (entry) connections.set(id, { connection: entry.connection, decoders: this.content.decodersOf(id) });
    }
    const record = packRecord(log.columns, from, to, 0, 0, []);
    const request = {
      query: this.query,
      first: from,
      start: log.start,
      record,
      offsets,
      data,
      gaps,
      latencies,
      marked,
      only: only === null ? null : [...only],
      connections: [...connections.values()],
    };
    return this.prober.run(request, this.signal);
  }
}
