import {
  HEAD_BYTES,
  type HealthDetector,
  type HealthFrame,
  type HealthState,
} from '../../core/insight/health/detector';
import type { HealthReport } from '../../core/insight/health/health-calls';
import { DETECTORS } from '../../core/insight/health/registry';
import { FLAG, KIND } from '../../core/model/frame';
import type { FrameLog } from '../log';
import { SegmentFetch } from '../segment-fetch';
import { nextTurn, SLICE_MS } from '../turns';
import type { LogInsight } from './log-insight';

/** Of larger messages only the size is looked at, in bytes. */
const MOST_BYTES = 8 * 1024;
/** A call looks at the log for no longer than this, in ms: the panel asks again. */
const CALL_MS = 300;
/** Messages between two looks at the clock. */
const STRIDE = 64;

const utf8 = new TextDecoder();
const latin1 = new TextDecoder('latin1');

/** What the detectors find in a log. Reads on from where it was when it is asked. */
export class LogHealth {
  readonly #detectors: HealthDetector[] = DETECTORS.map((create) => create());
  #scanned = 0;
  #latest = 0;
  #reading: Promise<void> | null = null;

  constructor(
    readonly log: FrameLog,
    /** What reads the log for pairs. */
    readonly insight: LogInsight,
  ) {}

  /** Looks at what came since, in slices, for a while. */
  read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  report(): HealthReport {
    const { log, insight } = this;
    const state: HealthState = {
      connections: log.connections.list(),
      start: log.start,
      latest: this.#latest,
      unanswered: (isOverdue) => insight.pairs.unanswered(isOverdue),
    };
    return {
      findings: this.#detectors.flatMap((detector) => detector.findings(state)),
      scanned: this.#scanned,
      total: this.log.frames,
    };
  }

  async #readOn(): Promise<void> {
    const { log } = this;
    const fetch = new SegmentFetch(log);
    const callEnd = performance.now() + CALL_MS;
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.#scanned < log.frames && performance.now() < callEnd) {
      const segment = log.segments.of(this.#scanned);
      const end = Math.min(log.segments.all[segment + 1]?.first ?? log.frames, log.frames);
      const data = await fetch.get(segment);
      while (this.#scanned < end) {
        this.#see(this.#scanned, segment, data);
        this.#scanned++;
        if (this.#scanned % STRIDE !== 0 || performance.now() < sliceEnd) continue;
        await nextTurn();
        sliceEnd = performance.now() + SLICE_MS;
        if (performance.now() >= callEnd) return;
      }
    }
  }

  #see(frame: number, segment: number, data: Uint8Array | null): void {
    const { columns } = this.log;
    const time = columns.time(frame);
    this.#latest = Math.max(this.#latest, time);
    const kind = columns.kind(frame);
    const connection = columns.connection(frame);
    if (kind === KIND.gap) for (const detector of this.#detectors) detector.miss?.(connection, time);
    if (kind > KIND.binary) return;
    const bytes = columns.length(frame);
    const flags = columns.flags(frame);
    const text = kind === KIND.text;
    const from = columns.offset(frame);
    const here = data !== null && columns.segment(frame) === segment;
    const payload = here && bytes <= MOST_BYTES ? data.subarray(from, from + bytes) : null;
    const content = payload && (text ? utf8 : latin1).decode(payload);
    const head = here && text ? (content ?? utf8.decode(data.subarray(from, from + HEAD_BYTES))) : null;
    const seen: HealthFrame = {
      frame,
      time,
      connection,
      sent: (flags & FLAG.sent) !== 0,
      text,
      bytes,
      failed: (flags & FLAG.failed) !== 0,
      buffered: this.log.buffered.get(frame) ?? null,
      content,
      head,
    };
    for (const detector of this.#detectors) detector.see?.(seen);
  }
}
