import { FLAG, KIND } from '../model/frame';
import { HEADER, HEADER_BYTES, MAGIC, type Note, ROW_BYTES, VERSION } from './layout';

/**
 * What packing needs of the platform. The page script hands in what it kept at its start, so that a page
 * which replaces built-ins later neither breaks packing nor notices it.
 */
export interface Platform {
  /** UTF-8, lone surrogates as U+FFFD. @returns bytes written */
  encodeInto(text: string, into: Uint8Array): number;
  subarray(bytes: Uint8Array, from: number, to: number): Uint8Array;
  /** `into.set(from, at)` */
  copy(into: Float64Array | Uint32Array | Uint8Array, from: ArrayLike<number>, at: number): void;
  stringify(note: Note): string;
}

const FIRST_ROWS = 256;
const FIRST_BYTES = 1 << 16;

/** Collects frames and notes, and packs them into one batch. Its buffers are reused from batch to batch. */
export interface BatchBuilder {
  /** Bytes that the packed batch would have, without its notes; 0 when there is nothing to send. */
  size(): number;
  /** Number within the document of the frame that is added next, counted from 0. */
  nextFrame(): number;
  /**
   * Adds a frame whose payload is text.
   * @param time ms since the epoch
   * @returns bytes of the text as UTF-8
   */
  addText(time: number, connection: number, kind: number, flags: number, text: string): number;
  /** Adds a frame whose payload is these bytes, which are copied. */
  addBytes(time: number, connection: number, kind: number, flags: number, bytes: Uint8Array): void;
  /** Adds a frame without its payload of `length` bytes; `flags` must have `deferred` or `dropped`. */
  addBare(time: number, connection: number, kind: number, flags: number, length: number): void;
  /** Adds a note; a `part` note comes with its bytes, which are not copied before `take`. */
  addNote(note: Note, bytes?: Uint8Array): void;
  /**
   * Packs what was added and begins anew.
   * @param sequence number of the batch within its document, counted from 1
   */
  take(sequence: number): ArrayBuffer;
}

/**
 * A closure and no class, so that the page script stays small: names of variables are shortened, names of members not.
 * @param platform what to pack with
 */
export function createBatchBuilder({ encodeInto, subarray, copy, stringify }: Platform): BatchBuilder {
  let rows = 0;
  let bytes = 0;
  let times = new Float64Array(FIRST_ROWS);
  let lengths = new Uint32Array(FIRST_ROWS);
  let connections = new Uint32Array(FIRST_ROWS);
  let kinds = new Uint8Array(FIRST_ROWS);
  let allFlags = new Uint8Array(FIRST_ROWS);
  let payload = new Uint8Array(FIRST_BYTES);
  /** Payload bytes of `part` notes, behind those of the frames. */
  let parts: Uint8Array[] = [];
  let partBytes = 0;
  let notes = '';
  let firstFrame = 0;

  const addBare = (time: number, connection: number, kind: number, flags: number, length: number) => {
    if (rows === times.length) growRows();
    times[rows] = time;
    lengths[rows] = length;
    connections[rows] = connection;
    kinds[rows] = kind;
    allFlags[rows++] = flags;
  };

  const reserve = (more: number) => {
    const needed = bytes + more;
    if (needed <= payload.length) return;
    let size = payload.length * 2;
    while (size < needed) size *= 2;
    payload = grown(payload, new Uint8Array(size));
  };

  const growRows = () => {
    const size = rows * 2;
    times = grown(times, new Float64Array(size));
    lengths = grown(lengths, new Uint32Array(size));
    connections = grown(connections, new Uint32Array(size));
    kinds = grown(kinds, new Uint8Array(size));
    allFlags = grown(allFlags, new Uint8Array(size));
  };

  const grown = <T extends Float64Array | Uint32Array | Uint8Array>(old: T, larger: T): T => {
    copy(larger, old, 0);
    return larger;
  };

  return {
    size: () => (rows === 0 && notes === '' ? 0 : HEADER_BYTES + rows * ROW_BYTES + bytes + partBytes),
    nextFrame: () => firstFrame + rows,
    addBare,
    addText(time, connection, kind, flags, text) {
      // Three bytes of UTF-8 at most for each UTF-16 unit.
      reserve(text.length * 3);
      const length = encodeInto(text, subarray(payload, bytes, payload.length));
      bytes += length;
      addBare(time, connection, kind, flags, length);
      return length;
    },
    addBytes(time, connection, kind, flags, data) {
      reserve(data.length);
      copy(payload, data, bytes);
      bytes += data.length;
      addBare(time, connection, kind, flags, data.length);
    },
    addNote(note, data) {
      notes += (notes === '' ? '[' : ',') + stringify(note);
      if (data) {
        parts[parts.length] = data;
        partBytes += data.length;
      }
    },
    take(sequence) {
      const text = notes === '' ? '[]' : `${notes}]`;
      // Notes hold text of the page (URLs, stacks), so they too may need three bytes a unit.
      const room = new Uint8Array(text.length * 3);
      const noteBytes = subarray(room, 0, encodeInto(text, room));
      const buffer = new ArrayBuffer(HEADER_BYTES + rows * ROW_BYTES + noteBytes.length + bytes + partBytes);
      const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
      header[HEADER.magic / 4] = MAGIC;
      header[HEADER.version / 4] = VERSION;
      header[HEADER.sequence / 4] = sequence;
      header[HEADER.firstFrame / 4] = firstFrame;
      header[HEADER.frames / 4] = rows;
      header[HEADER.notesBytes / 4] = noteBytes.length;
      header[HEADER.payloadBytes / 4] = bytes + partBytes;
      const all = new Uint8Array(buffer);
      let at = HEADER_BYTES;
      const put = (data: Uint8Array) => {
        copy(all, data, at);
        at += data.length;
      };
      // Not `for … of`, which asks the page's array iterator.
      const columns = [times, lengths, connections, kinds, allFlags];
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index];
        put(new Uint8Array(column.buffer, 0, rows * column.BYTES_PER_ELEMENT));
      }
      put(noteBytes);
      put(subarray(payload, 0, bytes));
      for (let index = 0; index < parts.length; index++) put(parts[index]);
      firstFrame += rows;
      rows = bytes = partBytes = 0;
      parts = [];
      notes = '';
      if (payload.length > FIRST_BYTES * 32) payload = new Uint8Array(FIRST_BYTES);
      return buffer;
    },
  };
}

/**
 * Takes the messages' payloads out of a packed batch and marks their frames as dropped, to make room.
 * Events (open, close, gaps) keep theirs, so that connections stay true.
 * @param buffer a batch made by {@link createBatchBuilder} without `part` notes
 * @returns the smaller batch
 */
export function stripPayloads(buffer: ArrayBuffer, platform: Platform): ArrayBuffer {
  const { copy, subarray } = platform;
  const bytes = new Uint8Array(buffer);
  const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  const rows = header[HEADER.frames / 4];
  const lengths = new Uint32Array(buffer, HEADER_BYTES + rows * 8, rows);
  const kindsAt = HEADER_BYTES + rows * 16;
  const flagsAt = kindsAt + rows;
  let from = flagsAt + rows + header[HEADER.notesBytes / 4];
  let to = from;
  for (let row = 0; row < rows; row++) {
    if (bytes[flagsAt + row] & (FLAG.deferred | FLAG.dropped)) continue;
    if (bytes[kindsAt + row] <= KIND.binary) {
      bytes[flagsAt + row] |= FLAG.dropped;
    } else {
      copy(bytes, subarray(bytes, from, from + lengths[row]), to);
      to += lengths[row];
    }
    from += lengths[row];
  }
  header[HEADER.payloadBytes / 4] -= from - to;
  const smaller = new Uint8Array(to);
  copy(smaller, subarray(bytes, 0, to), 0);
  return smaller.buffer;
}
