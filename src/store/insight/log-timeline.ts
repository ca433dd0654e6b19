import { TimeBuckets } from '../../core/insight/timeline/time-buckets';
import type { TimelineReport } from '../../core/insight/timeline/timeline-calls';
import { FLAG, KIND } from '../../core/model/frame';
import type { FrameLog } from '../log';
import { nextTurn, SLICE_MS } from '../turns';

/** Buckets of the whole: enough for every pixel of a wide window. */
const BUCKETS = 4096;
const LANE_BUCKETS = 512;
/** The narrowest bucket that is told, in ms: a rate a second of less than that would be noise. */
const LEAST_WIDTH = 64;
/** Connections whose own activity is kept. */
const MOST_LANES = 200;
/** Rows between two looks at the clock. */
const STRIDE = 4096;

const [SENT_FRAMES, RECEIVED_FRAMES, SENT_BYTES, RECEIVED_BYTES] = [0, 1, 2, 3];

/** The messages of a log, or of one of its connections, over time. Reads on from where it was when it is asked. */
export class LogTimeline {
  readonly #buckets = new TimeBuckets(4, BUCKETS);
  readonly #lanes = new Map<number, TimeBuckets | null>();
  #scanned = 0;
  #reading: Promise<void> | null = null;

  /** @param connection `null` for all of them */
  constructor(
    readonly log: FrameLog,
    readonly connection: number | null,
  ) {}

  /** Counts what came since, in slices. */
  read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** @param points the most buckets of the whole */
  report(points: number): TimelineReport {
    const all = this.#buckets;
    const step = Math.max(LEAST_WIDTH / all.width, Math.ceil(all.size / Math.max(1, points)), 1);
    const of = (series: number) => all.sums(series, 0, all.size, step);
    const lanes = [...this.#lanes].flatMap(([connection, lane]) => (lane === null ? [] : { connection, lane }));
    return {
      origin: this.log.start,
      start: all.start,
      width: all.width * step,
      sentFrames: of(SENT_FRAMES),
      receivedFrames: of(RECEIVED_FRAMES),
      sentBytes: of(SENT_BYTES),
      receivedBytes: of(RECEIVED_BYTES),
      activity: lanes.map(({ connection, lane }) => ({
        connection,
        start: lane.start,
        width: lane.width,
        frames: lane.sums(0),
      })),
      more: this.#lanes.size - lanes.length,
    };
  }

  async #readOn(): Promise<void> {
    const { columns } = this.log;
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.#scanned < columns.rows) {
      const end = Math.min(columns.rows, this.#scanned + STRIDE);
      for (let row = this.#scanned; row < end; row++) this.#count(row);
      this.#scanned = end;
      if (performance.now() < sliceEnd) continue;
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }

  #count(row: number): void {
    const { columns } = this.log;
    if (columns.kind(row) > KIND.binary) return;
    const connection = columns.connection(row);
    if (this.connection !== null && connection !== this.connection) return;
    const time = columns.time(row);
    const sent = (columns.flags(row) & FLAG.sent) !== 0;
    const bucket = this.#buckets.reach(time);
    this.#buckets.add(sent ? SENT_FRAMES : RECEIVED_FRAMES, bucket, 1);
    this.#buckets.add(sent ? SENT_BYTES : RECEIVED_BYTES, bucket, columns.length(row));
    const lane = this.#lane(connection);
    lane?.add(0, lane.reach(time), 1);
  }

  #lane(connection: number): TimeBuckets | null {
    let lane = this.#lanes.get(connection);
    if (lane === undefined) {
      lane = this.#lanes.size < MOST_LANES ? new TimeBuckets(1, LANE_BUCKETS) : null;
      this.#lanes.set(connection, lane);
    }
    return lane;
  }
}
