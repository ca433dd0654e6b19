import { NOT_IN_PLACE } from '../../core/batch/read';
import type { InsightProgress } from '../../core/insight/insight-calls';
import { KindTable } from '../../core/insight/kinds/kind-table';
import { FieldPair, pairedBy } from '../../core/insight/pairs/field-pair';
import { PairTable } from '../../core/insight/pairs/pair-table';
import { partMessage } from '../../core/insight/pairs/part-message';
import { FLAG, KIND } from '../../core/model/frame';
import { APART, NOWHERE } from '../columns';
import type { Content } from '../content';
import type { FrameLog } from '../log';
import { SegmentFetch } from '../segment-fetch';
import { nextTurn, SLICE_MS, throttle } from '../turns';

/** Larger messages are counted and not read: to decode one would hold up everything else. */
const MOST_BYTES = 4 << 20;
/** While a log grows it is read on this often, in ms. */
const GROWING_MS = 100;
/** Messages between two looks at the clock. */
const STRIDE = 16;
/** Rows whose decoders are chosen in one go. */
const AHEAD = 4096;

/**
 * Reads the messages of a log in their order, once, in slices, and tells the tables of kinds and pairs. It reads only when
 * it is woken. Its content is its own: decoders that remember things must see every message, one after the other.
 */
export class LogInsight {
  kinds = new KindTable();
  pairs: PairTable;
  /** Frames read, from the first. */
  scanned = 0;
  unread = 0;
  #stopped: string | null = null;
  /** Whether somebody wants it to read on as the log grows. */
  wanted: () => boolean = () => false;
  /**
   * Told after each slice.
   * @param changed frames whose link is another than when they were read
   * @param linked whether messages that ask or answer were read
   */
  onSlice: (changed: readonly number[], linked: boolean) => void = () => undefined;
  #changed: number[] = [];
  #linked = false;
  #running: Promise<void> | null = null;
  /** The log has grown while it was read. */
  #woken = false;
  /** Grows when all begins anew. */
  #epoch = 0;
  readonly #fields = new Map<number, FieldPair | null>();
  readonly #growing = throttle(
    () => GROWING_MS,
    () => this.wake(),
  );

  constructor(
    readonly log: FrameLog,
    readonly content: Content,
    /** The JSON path by which messages of a URL are paired. */
    readonly pairField: (url: string) => string | undefined,
  ) {
    this.pairs = this.#newPairs();
  }

  progress(): Omit<InsightProgress, 'log'> {
    return { scanned: this.scanned, total: this.log.frames, unread: this.unread, stopped: this.#stopped };
  }

  /** The log has grown. */
  grown(): void {
    if (this.wanted()) this.#growing();
  }

  /** Reads to the end of the log, unless it does so already. */
  wake(): void {
    void this.run();
  }

  /** Resolves when all that is there was read, as far as it is whole. */
  run(): Promise<void> {
    if (this.#running !== null) this.#woken = true;
    this.#running ??= this.#loop()
      .catch((error: unknown) => {
        this.#stopped = error instanceof Error ? error.message : String(error);
        this.#tell();
      })
      .finally(() => {
        this.#running = null;
        if (!this.#woken) return undefined;
        // What came in the moment of its end.
        this.#woken = false;
        return this.run();
      });
    return this.#running;
  }

  /** Decoders or fields are others now: what was found out is void. */
  restart(): void {
    this.#epoch++;
    this.kinds = new KindTable();
    this.log.pairs.clear();
    this.pairs = this.#newPairs();
    this.#changed = [];
    this.scanned = 0;
    this.unread = 0;
    this.#fields.clear();
    this.content.forget();
  }

  /** Whether messages of a connection are paired by a field that the user named. */
  hasField(connection: number): boolean {
    return this.#field(connection) !== null;
  }

  #newPairs(): PairTable {
    return new PairTable(this.log.pairs, (frame) => this.#changed.push(frame));
  }

  async #loop(): Promise<void> {
    const { log } = this;
    this.#stopped = null;
    const fetch = new SegmentFetch(log);
    while (this.scanned < log.frames) {
      const epoch = this.#epoch;
      const segment = log.segments.of(this.scanned);
      const end = Math.min(log.segments.all[segment + 1]?.first ?? log.frames, log.frames, this.scanned + AHEAD);
      const data = await fetch.get(segment);
      await this.content.prepareAll(this.scanned, end);
      if (epoch !== this.#epoch) continue;
      const sliceEnd = performance.now() + SLICE_MS;
      while (this.scanned < end) {
        const frame = this.scanned;
        if (this.#isComing(frame)) return this.#tell();
        if (this.content.lacksAnswer(frame)) {
          await this.content.runFrom(frame);
          if (epoch !== this.#epoch) break;
        }
        const payload = this.#payload(frame, segment, data);
        if (payload === undefined) {
          const loaded = await log.payload(frame);
          if (epoch !== this.#epoch) break;
          this.#take(frame, loaded);
        } else this.#take(frame, payload);
        this.scanned++;
        if (frame % STRIDE === 0 && performance.now() >= sliceEnd) break;
      }
      if (performance.now() < sliceEnd) continue;
      this.#tell();
      await nextTurn();
    }
    this.#tell();
  }

  #tell(): void {
    const changed = this.#changed;
    const linked = this.#linked;
    this.#changed = [];
    this.#linked = false;
    this.onSlice(changed, linked);
  }

  /** Its payload is still on its way. What comes after it waits: a reply must not be read before its request. */
  #isComing(frame: number): boolean {
    const { columns } = this.log;
    return columns.segment(frame) === NOWHERE && (columns.flags(frame) & NOT_IN_PLACE) === FLAG.deferred;
  }

  /** `null` when there is none to be read, `undefined` when it has to be loaded. */
  #payload(frame: number, segment: number, data: Uint8Array | null): Uint8Array | null | undefined {
    const { columns } = this.log;
    if (columns.kind(frame) > KIND.binary || columns.length(frame) > MOST_BYTES) return null;
    if (columns.segment(frame) === segment && data !== null) {
      const offset = columns.offset(frame);
      return data.subarray(offset, offset + columns.length(frame));
    }
    return columns.segment(frame) === APART ? undefined : this.log.payloadNow(frame);
  }

  #take(frame: number, payload: Uint8Array | null): void {
    const { columns } = this.log;
    if (columns.kind(frame) > KIND.binary) return;
    const connection = columns.connection(frame);
    const sent = (columns.flags(frame) & FLAG.sent) !== 0;
    const bytes = columns.length(frame);
    const known = { frame, time: columns.time(frame), connection, sent, bytes };
    if (payload === null) this.unread++;
    const choice = payload === null || payload.length === 0 ? null : this.content.choice(frame);
    if (payload === null || choice === null) {
      this.kinds.add({ ...known, kind: '' });
      return;
    }
    const field = this.#field(connection);
    const alone = field === null ? choice.decoder.kindAlone?.(payload) : undefined;
    if (alone !== undefined) {
      this.kinds.add({ ...known, kind: alone });
      return;
    }
    const decoded = this.content.decode(frame, payload, choice.decoder);
    const message = { ...known, kind: decoded.kind };
    this.kinds.add(message);
    const parts = field === null ? decoded.parts : pairedBy(field, decoded, sent);
    if (parts === undefined) return;
    this.#linked = true;
    // What never left the page was not asked.
    if ((columns.flags(frame) & FLAG.failed) !== 0) return;
    for (const part of parts) this.pairs.add(partMessage(message, decoded, part));
  }

  #field(connection: number): FieldPair | null {
    const known = this.#fields.get(connection);
    if (known !== undefined) return known;
    const entry = this.log.connections.get(connection);
    const path = entry && this.pairField(entry.connection.url);
    const field = path ? new FieldPair(path) : null;
    this.#fields.set(connection, field);
    return field;
  }
}
