import type { BatchColumns } from '../core/batch/read';
import { giveBack } from './give-back';

/** Rows in one chunk. A power of two, so that an index splits by shift and mask. */
const CHUNK_BITS = 16;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const MASK = CHUNK_ROWS - 1;

/** What stands in `segment` for a payload that is not, or not yet, in any segment. */
export const NOWHERE = 0xffffffff;
/** What stands in `segment` for a payload that is stored apart, as its parts. */
export const APART = 0xfffffffe;
/** What stands in `previous` for the first frame of a connection. */
export const NONE = 0xffffffff;

/** Memory of one frame beyond its payload, in bytes. */
export const COLUMN_BYTES = 8 + 5 * 4 + 2;

interface Chunk {
  time: Float64Array;
  length: Uint32Array;
  connection: Uint32Array;
  segment: Uint32Array;
  offset: Uint32Array;
  previous: Uint32Array;
  kind: Uint8Array;
  flags: Uint8Array;
}

/** What of a row is not on disk, because it follows from the rows before. */
export interface Places {
  /** Where the payload begins in its segment; {@link NOWHERE} when it is not there. */
  offset: Uint32Array;
  /** The frame before on the same connection, or {@link NONE}. */
  previous: Uint32Array;
}

/** All rows of a log, column by column, in chunks that are never moved: appending costs the same at any size. */
export class Columns {
  /** Number of rows. */
  rows = 0;
  readonly #chunks: Chunk[] = [];

  /** Bytes of memory that the columns take. */
  get bytes(): number {
    return this.#chunks.length * CHUNK_ROWS * COLUMN_BYTES;
  }

  /** Appends row `i` of `from` and returns its number. `previous` is the connection's frame before it. */
  push(from: BatchColumns, i: number, connection: number, segment: number, offset: number, previous: number): number {
    const row = this.rows++;
    const at = row & MASK;
    if (at === 0) this.#chunks.push(createChunk());
    const chunk = this.#chunk(row);
    chunk.time[at] = from.time[i];
    chunk.length[at] = from.length[i];
    chunk.connection[at] = connection;
    chunk.segment[at] = segment;
    chunk.offset[at] = offset;
    chunk.previous[at] = previous;
    chunk.kind[at] = from.kind[i];
    chunk.flags[at] = from.flags[i];
    return row;
  }

  /** Appends rows that were recorded earlier, whose payloads lie in `segment`. @returns number of the first */
  restore(from: BatchColumns, segment: number, places: Places): number {
    const first = this.rows;
    const count = from.time.length;
    for (let i = 0; i < count; ) {
      const at = this.rows & MASK;
      if (at === 0) this.#chunks.push(createChunk());
      const chunk = this.#chunk(this.rows);
      const end = i + Math.min(CHUNK_ROWS - at, count - i);
      chunk.time.set(from.time.subarray(i, end), at);
      chunk.length.set(from.length.subarray(i, end), at);
      chunk.connection.set(from.connection.subarray(i, end), at);
      chunk.kind.set(from.kind.subarray(i, end), at);
      chunk.flags.set(from.flags.subarray(i, end), at);
      chunk.previous.set(places.previous.subarray(i, end), at);
      chunk.offset.set(places.offset.subarray(i, end), at);
      for (let row = i; row < end; row++)
        chunk.segment[at + row - i] = places.offset[row] === NOWHERE ? NOWHERE : segment;
      this.rows += end - i;
      i = end;
    }
    return first;
  }

  /** ms since the epoch. */
  time(row: number): number {
    return this.#chunk(row).time[row & MASK];
  }
  /** Bytes of the payload as it went over the wire. */
  length(row: number): number {
    return this.#chunk(row).length[row & MASK];
  }
  connection(row: number): number {
    return this.#chunk(row).connection[row & MASK];
  }
  /** Segment of the payload, or {@link NOWHERE} or {@link APART}. */
  segment(row: number): number {
    return this.#chunk(row).segment[row & MASK];
  }
  /** Where the payload begins in its segment. */
  offset(row: number): number {
    return this.#chunk(row).offset[row & MASK];
  }
  /** The frame before this one on its connection, or {@link NONE}. */
  previous(row: number): number {
    return this.#chunk(row).previous[row & MASK];
  }
  /** Index in `FRAME_KINDS`. */
  kind(row: number): number {
    return this.#chunk(row).kind[row & MASK];
  }
  flags(row: number): number {
    return this.#chunk(row).flags[row & MASK];
  }

  /** Puts a payload that came after its row into its place. */
  locate(row: number, segment: number, offset: number): void {
    const chunk = this.#chunk(row);
    chunk.segment[row & MASK] = segment;
    chunk.offset[row & MASK] = offset;
  }

  addFlags(row: number, flags: number): void {
    const chunk = this.#chunk(row);
    chunk.flags[row & MASK] = chunk.flags[row & MASK] | flags;
  }

  /** Copies rows `from` to `to` (exclusive) into columns of that many rows. */
  copy(from: number, to: number, into: BatchColumns): void {
    for (let row = from; row < to; ) {
      const chunk = this.#chunk(row);
      const at = row & MASK;
      const end = at + Math.min(CHUNK_ROWS - at, to - row);
      into.time.set(chunk.time.subarray(at, end), row - from);
      into.length.set(chunk.length.subarray(at, end), row - from);
      into.connection.set(chunk.connection.subarray(at, end), row - from);
      into.kind.set(chunk.kind.subarray(at, end), row - from);
      into.flags.set(chunk.flags.subarray(at, end), row - from);
      row += end - at;
    }
  }

  /** Gives the memory of all rows back. None may be asked for any more. */
  release(): void {
    for (const chunk of this.#chunks.splice(0)) {
      for (const column of Object.values(chunk)) giveBack(column);
    }
    this.rows = 0;
  }

  #chunk(row: number): Chunk {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    if (chunk === undefined) throw new RangeError(`There is no frame ${row}`);
    return chunk;
  }
}

function createChunk(): Chunk {
  return {
    time: new Float64Array(CHUNK_ROWS),
    length: new Uint32Array(CHUNK_ROWS),
    connection: new Uint32Array(CHUNK_ROWS),
    segment: new Uint32Array(CHUNK_ROWS),
    offset: new Uint32Array(CHUNK_ROWS),
    previous: new Uint32Array(CHUNK_ROWS),
    kind: new Uint8Array(CHUNK_ROWS),
    flags: new Uint8Array(CHUNK_ROWS),
  };
}
