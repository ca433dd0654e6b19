import { LateList } from './late-list';
import type { Limits } from './limits';
import type { DiskNote } from './record';

/** Payloads back to back, and the rows that came while it was the open one. */
export interface Segment {
  readonly number: number;
  /** Its first row; its rows end where the next segment's begin. */
  readonly first: number;
  rows: number;
  /** Bytes of payloads in it. */
  bytes: number;
  /** `null` when only the disk has them, or nobody any more. Longer than `bytes` while the segment is open. */
  data: Uint8Array | null;
  full: boolean;
  /** Whole on disk: `data` may be let go. */
  saved: boolean;
  /** The payloads were dropped for want of memory. */
  dropped: boolean;
  /** Payloads of rows that came before it was the open one, or before their payload. */
  late: LateList;
  /** Whether all payloads are ASCII; `null` while nobody looked, or it may still change. */
  ascii: boolean | null;
  /** What else is told of this and earlier segments' rows; goes to disk with this one, and is not kept then. */
  notes: DiskNote[];
}

/**
 * Fetches a saved segment's payloads from disk; `null` when they are not there. `ahead`: for a scan, which will want more
 * of them and has something to do meanwhile.
 */
export type SegmentLoader = (segment: number, ahead: boolean) => Promise<Uint8Array | null>;

/** Payloads of a segment, and whether nobody else has this buffer. */
export interface Taken {
  data: Uint8Array;
  own: boolean;
}

/** Payload segments in memory: the open one, those that wait for the disk, and a bounded cache of the others. */
export class Segments {
  readonly all: Segment[] = [];
  /** Bytes of segments that only memory has. */
  unsavedBytes = 0;
  /** Saved segments in memory, the one used longest ago first. */
  readonly #cached = new Map<number, Segment>();
  readonly #loading = new Map<number, Promise<Uint8Array | null>>();
  #cachedBytes = 0;

  /**
   * @param load fetches a saved segment
   * @param discard takes one that is not wanted any more
   */
  constructor(
    readonly limits: Limits,
    readonly load: SegmentLoader,
    readonly discard: (data: Uint8Array) => void = () => undefined,
  ) {}

  /** The segment that takes what comes; made when there is none. `rows` is the number of rows of the log. */
  open(rows: number): Segment {
    const last = this.all.at(-1);
    if (last !== undefined && !last.full) return last;
    const segment: Segment = {
      number: this.all.length,
      first: rows,
      rows: 0,
      bytes: 0,
      data: new Uint8Array(this.limits.segmentBytes),
      full: false,
      saved: false,
      dropped: false,
      late: new LateList(),
      ascii: null,
      notes: [],
    };
    this.all.push(segment);
    return segment;
  }

  /** The open segment, or a new one if `bytes` more do not fit. */
  openFor(rows: number, bytes: number): Segment {
    const segment = this.open(rows);
    if (this.fits(segment, bytes)) return segment;
    if (segment.rows > 0 || segment.bytes > 0) this.close(segment);
    const fresh = this.open(rows);
    if (bytes > this.limits.segmentBytes) fresh.data = new Uint8Array(bytes);
    return fresh;
  }

  /** Whether one more row with this payload goes into the segment. */
  fits(segment: Segment, bytes: number): boolean {
    const { segmentBytes, segmentRows } = this.limits;
    return !segment.full && segment.bytes + bytes <= segmentBytes && segment.rows < segmentRows;
  }

  /** Writes bytes at a place that was taken in the open segment. */
  write(segment: Segment, offset: number, bytes: Uint8Array): void {
    segment.data?.set(bytes, offset);
    this.unsavedBytes += bytes.length;
  }

  close(segment: Segment): void {
    segment.full = true;
    // What is not used is given back, where it is worth a copy.
    if (segment.data !== null && segment.data.length - segment.bytes > segment.data.length >> 4) {
      segment.data = segment.data.slice(0, segment.bytes);
    }
  }

  /** A segment that lies on disk since earlier. */
  restore(number: number, first: number): Segment {
    for (let missing = this.all.length; missing < number; missing++) this.restore(missing, first).dropped = true;
    const fields = {
      rows: 0,
      bytes: 0,
      data: null,
      full: true,
      saved: true,
      dropped: false,
      late: new LateList(),
      ascii: null,
      notes: [],
    };
    const segment: Segment = { number, first, ...fields };
    this.all.push(segment);
    return segment;
  }

  /** The disk has lost all it had: from now on only memory has what it holds. @returns the segments that are gone */
  loseSaved(): Segment[] {
    const lost: Segment[] = [];
    for (const segment of this.all) {
      if (!segment.saved) continue;
      segment.saved = false;
      if (segment.data !== null) this.unsavedBytes += segment.bytes;
      else if (!segment.dropped) {
        segment.dropped = true;
        lost.push(segment);
      }
    }
    this.#cached.clear();
    this.#cachedBytes = 0;
    return lost;
  }

  /** The disk has the whole segment now. */
  markSaved(segment: Segment): void {
    if (segment.saved) return;
    segment.saved = true;
    segment.notes = [];
    if (!segment.dropped) this.unsavedBytes -= segment.bytes;
    if (segment.data !== null) this.#cache(segment);
  }

  /** Payloads of a segment if they are in memory. */
  peek(number: number): Uint8Array | null {
    const segment = this.all[number];
    if (segment === undefined || segment.data === null) return null;
    if (this.#cached.delete(number)) this.#cached.set(number, segment);
    return segment.data;
  }

  /**
   * Payloads of a segment, from memory or disk; `null` when nobody has them.
   * @param keep when false, a full cache stays as it is: a scan of everything would only turn it over
   */
  async get(number: number, keep = true): Promise<Uint8Array | null> {
    const present = this.peek(number);
    const segment = this.all[number];
    if (present !== null || segment === undefined || segment.dropped) return present;
    let loading = this.#loading.get(number);
    if (loading === undefined) {
      loading = this.load(number, !keep).then((data) => {
        this.#loading.delete(number);
        const room = keep || this.#cachedBytes + segment.bytes <= this.limits.cacheBytes;
        if (data !== null && segment.data === null && room && segment.saved) {
          segment.data = data;
          this.#cache(segment);
        }
        return data;
      });
      loading.catch(() => this.#loading.delete(number));
      this.#loading.set(number, loading);
    }
    return loading;
  }

  /**
   * Payloads of a segment for who goes through all of them once, without turning the cache over; `null` when nobody has
   * them. Those that are `own` are the caller's alone: it may transfer them, and should {@link free} them.
   */
  async take(number: number): Promise<Taken | null> {
    const segment = this.all[number];
    const shared = segment === undefined || segment.data !== null || segment.dropped || this.#loading.has(number);
    const own = !shared && this.#cachedBytes + segment.bytes > this.limits.cacheBytes;
    const data = own ? await this.load(number, true) : await this.get(number, false);
    return data === null ? null : { data, own: own && data.byteLength === data.buffer.byteLength };
  }

  /** Who took a segment is done with it. */
  free({ data, own }: Taken): void {
    if (own && data.byteLength > 0) this.discard(data);
  }

  /** The oldest segment that only memory has, but for the open one; `null` when there is none. */
  oldestUnsaved(): Segment | null {
    return this.all.find(({ full, saved, dropped }) => full && !saved && !dropped) ?? null;
  }

  /** Lets go of the payloads of a segment that only memory has. */
  dropUnsaved(segment: Segment): void {
    segment.dropped = true;
    segment.data = null;
    this.unsavedBytes -= segment.bytes;
  }

  /** The segment whose rows hold `row`. */
  of(row: number): number {
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.all[middle].first <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #cache(segment: Segment): void {
    this.#cached.set(segment.number, segment);
    this.#cachedBytes += segment.bytes;
    for (const [number, old] of this.#cached) {
      if (this.#cachedBytes <= this.limits.cacheBytes || old === segment) break;
      this.#cached.delete(number);
      this.#cachedBytes -= old.bytes;
      old.data = null;
    }
  }
}
