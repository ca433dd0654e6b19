import type { UserAnswer } from '../core/decode/user-result';
import type { CompiledFilter } from '../core/filter/types';
import { NONE, NOWHERE } from './columns';
import type { Content } from './content';
import type { FrameTest } from './frame-test';
import { pairLatency } from './insight/pair-latency';
import type { ProbeConnection } from './probe-messages';
import type { ProberPool } from './prober-pool';
import { packRecord } from './record';
import { SegmentFetch } from './segment-fetch';

/** Frames before those asked about that go with them, for what decoders remember. */
const CONTEXT_FRAMES = 64;

/** Frames of a first request: its answer should come soon. Later ones take the rest of the segment. */
const FIRST_FRAMES = 2048;

/** Frames that were asked about. */
interface Question {
  from: number;
  to: number;
  /** One of the frames has changed since: the answer is worth nothing. */
  void: boolean;
  answer: Promise<Answer>;
}

interface Answer {
  /** The first frame that the answer says nothing of. */
  until: number;
  matches: number[];
}

/** Has frames tested in other Workers, which can be ended when a regex does not, several segments at once. */
export class GuardedTest implements FrameTest {
  readonly #fetch: SegmentFetch;
  /** Asked before it was their turn, by their first frame. */
  readonly #ahead = new Map<number, Question>();
  #current: Question | null = null;
  #first = true;

  constructor(
    readonly query: string,
    readonly filter: CompiledFilter,
    readonly content: Content,
    readonly prober: ProberPool,
    readonly signal: AbortSignal,
  ) {
    this.#fetch = new SegmentFetch(content.log);
  }

  async one(frame: number): Promise<boolean> {
    const { log } = this.content;
    const connection = log.columns.connection(frame);
    if (this.filter.needsDecoded) {
      await this.content.prepare(connection);
      await this.content.run([frame], false);
    }
    const payload = this.filter.needsContent ? await log.payload(frame) : null;
    const offsets = Uint32Array.of(payload === null ? NOWHERE : 0);
    const matches = await this.#ask(frame, frame, frame + 1, offsets, payload?.slice() ?? new Uint8Array(0), null);
    return matches.length > 0;
  }

  async range(
    segment: number,
    from: number,
    end: number,
    only: ReadonlySet<number> | null,
    _deadline: number,
    onMatch: (frame: number) => void,
    horizon = end,
  ): Promise<number> {
    for (;;) {
      const to = this.#first ? Math.min(end, from + FIRST_FRAMES) : end;
      const question = this.#ahead.get(from) ?? this.#question(segment, from, to, only);
      this.#ahead.delete(from);
      this.#current = question;
      // The first rows should not have to share the processors.
      if (!this.#first) this.#askAhead(segment, only, horizon);
      this.#first = false;
      const { until, matches } = await question.answer;
      if (question.void) continue;
      this.#current = null;
      for (const frame of matches) onMatch(frame);
      return until;
    }
  }

  forget(frame: number): void {
    for (const question of [this.#current, ...this.#ahead.values()]) {
      if (question !== null && frame >= question.from && frame < question.to) question.void = true;
    }
    for (const [from, question] of this.#ahead) if (question.void) this.#ahead.delete(from);
  }

  /** Asks about the segments after `segment` that will not grow any more and end before frame `horizon`. */
  #askAhead(segment: number, only: ReadonlySet<number> | null, horizon: number): void {
    const { segments, frames } = this.content.log;
    for (let next = segment + 1; next < segments.all.length && this.#ahead.size < this.prober.size * 2; next++) {
      const { first, full } = segments.all[next];
      const to = segments.all[next + 1]?.first ?? frames;
      if (!full || to > horizon || this.signal.aborted) return;
      if (to > first && !this.#ahead.has(first)) this.#ahead.set(first, this.#question(next, first, to, only));
    }
  }

  #question(segment: number, from: number, to: number, only: ReadonlySet<number> | null): Question {
    const answer = this.#answer(segment, from, to, only);
    // Who comes to these frames hears of a failure; nobody may.
    answer.catch(() => undefined);
    return { from, to, void: false, answer };
  }

  async #answer(segment: number, from: number, to: number, only: ReadonlySet<number> | null): Promise<Answer> {
    const { log } = this.content;
    const { columns } = log;
    const taken = this.filter.needsContent ? await this.#fetch.take(segment) : null;
    const data = taken?.data ?? null;
    if (this.filter.needsDecoded) {
      await this.content.prepareAll(from, to);
      await this.content.runFrom(from);
    }
    const { first } = log.segments.all[segment];
    const begin = this.filter.needsDecoded ? Math.min(from, Math.max(first, from - CONTEXT_FRAMES)) : from;
    const offsets = new Uint32Array(to - begin).fill(NOWHERE);
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    let until = to;
    for (let frame = begin; frame < to && this.filter.needsContent; frame++) {
      if (frame >= from && this.filter.needsDecoded && this.content.lacksAnswer(frame)) {
        // It is asked about when its function has been run on it.
        until = frame;
        break;
      }
      const place = columns.segment(frame);
      if (place === NOWHERE || (frame < from && place !== segment) || (place === segment && data === null)) continue;
      if (place !== segment) {
        // Its payload lies elsewhere than those of its neighbours: it is asked about by itself.
        until = frame;
        break;
      }
      const offset = columns.offset(frame);
      offsets[frame - begin] = offset;
      if (offset < low) low = offset;
      high = Math.max(high, offset + columns.length(frame));
    }
    if (until === from) {
      const passes = only?.has(columns.connection(from)) !== false && (await this.one(from));
      return { until: from + 1, matches: passes ? [from] : [] };
    }
    const places = offsets.slice(0, until - begin);
    if (data !== null && taken?.own) {
      return { until, matches: await this.#ask(begin, from, until, places, data, only) };
    }
    for (let i = 0; i < places.length; i++) if (places[i] !== NOWHERE) places[i] -= low;
    const bytes = data === null || high <= low ? new Uint8Array(0) : data.slice(low, high);
    return { until, matches: await this.#ask(begin, from, until, places, bytes, only) };
  }

  /** @param first where `offsets` begin; frames from there to `from` are only what decoders may remember */
  #ask(
    first: number,
    from: number,
    to: number,
    offsets: Uint32Array,
    data: Uint8Array,
    only: ReadonlySet<number> | null,
  ): Promise<number[]> {
    const { log } = this.content;
    const gaps = new Float64Array(to - first);
    const latencies = new Float64Array(this.filter.needsPairs ? to - first : 0);
    const previous = new Uint32Array(to - first).fill(NONE);
    const connections = new Map<number, ProbeConnection>();
    const marked: number[] = [];
    const answers: [row: number, UserAnswer][] = [];
    const { needsPairs, needsDecoded } = this.filter;
    let known = -1;
    for (let frame = first; frame < to; frame++) {
      const before = log.columns.previous(frame);
      gaps[frame - first] = before === NONE ? Number.NaN : log.columns.time(frame) - log.columns.time(before);
      if (before !== NONE && before >= first) previous[frame - first] = before - first;
      if (needsPairs) {
        latencies[frame - first] = log.pairs.isUnanswered(frame)
          ? Number.POSITIVE_INFINITY
          : (pairLatency(log, frame) ?? Number.NaN);
      }
      if (log.marks.has(frame)) marked.push(frame);
      const answer = needsDecoded ? this.content.answerOf(frame) : undefined;
      if (answer !== undefined) answers.push([frame - first, answer]);
      const id = log.columns.connection(frame);
      if (id === known) continue;
      known = id;
      const entry = connections.has(id) ? undefined : log.connections.get(id);
      if (!entry) continue;
      const decoders = this.content.decodersOf(id);
      connections.set(id, {
        connection: entry.connection,
        decoders,
        definitions: this.content.definitionsOf(id),
        users: this.content.usersOf(id),
      });
    }
    const record = packRecord(log.columns, first, to, 0, 0, []);
    const request = {
      query: this.query,
      first,
      context: from - first,
      previous,
      start: log.start,
      record,
      offsets,
      data,
      gaps,
      latencies,
      marked,
      only: only === null ? null : [...only],
      connections: [...connections.values()],
      answers,
    };
    return this.prober.run(request, this.signal);
  }
}
