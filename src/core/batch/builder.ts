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
  /** `text.slice(from, to)`; the realm's, if left out. */
  slice?(text: string, from: number, to: number): string;
  /** Those of the realm, if left out. */
  constructors?: Constructors;
}

interface Constructors {
  ArrayBuffer: typeof ArrayBuffer;
  Float64Array: typeof Float64Array;
  Uint32Array: typeof Uint32Array;
  Uint8Array: typeof Uint8Array;
}

const FIRST_ROWS = 256;
const FIRST_BYTES = 1 << 16;
/** Numbers kept for each frame until it is packed: time, length, connection, kind, flags. */
const FIELDS = 5;

/** Bytes behind the payloads in place. */
interface Part {
  bytes: Uint8Array;
  size: number;
  next: Part | null;
}

/** Collects frames and notes, and packs them into one batch. Its buffers are reused from batch to batch. */
export interface BatchBuilder {
  /** Bytes that the packed batch would have, were all text ASCII, without its notes; 0 when there is nothing to send. */
  size(): number;
  /** Number within the document of the frame that is added next, counted from 0. */
  nextFrame(): number;
  /**
   * Adds a frame whose payload is text.
   * @param time ms since the epoch
   */
  addText(time: number, connection: number, kind: number, flags: number, text: string): void;
  /** Adds a frame whose payload is these bytes, which are copied. @param size how many they are */
  addBytes(time: number, connection: number, kind: number, flags: number, bytes: Uint8Array, size?: number): void;
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
export function createBatchBuilder(platform: Platform): BatchBuilder {
  const { encodeInto, subarray, copy, stringify, slice = (text, from, to) => text.slice(from, to) } = platform;
  const make = platform.constructors ?? globalThis;
  let rows = 0;
  let mostRows = FIRST_ROWS;
  let fields = new make.Float64Array(FIRST_ROWS * FIELDS);
  let bytes = 0;
  let mostBytes = FIRST_BYTES;
  let payload = new make.Uint8Array(FIRST_BYTES);
  /** A linked list, because a page can watch elements being added to arrays. */
  let parts: Part | null = null;
  let lastPart: Part | null = null;
  let partBytes = 0;
  let notes = '';
  let firstFrame = 0;
  /** Texts of the rows from `textRow` on, which are encoded together: to encode many short ones costs as many calls. */
  let text = '';
  let textRow = 0;

  const addRow = (time: number, connection: number, kind: number, flags: number, length: number) => {
    if (rows === mostRows) {
      mostRows *= 2;
      const larger = new make.Float64Array(mostRows * FIELDS);
      copy(larger, fields, 0);
      fields = larger;
    }
    let at = rows++ * FIELDS;
    fields[at++] = time;
    fields[at++] = length;
    fields[at++] = connection;
    fields[at++] = kind;
    fields[at] = flags;
  };

  const reserve = (more: number) => {
    const needed = bytes + more;
    if (needed <= mostBytes) return;
    while (mostBytes < needed) mostBytes *= 2;
    const larger = new make.Uint8Array(mostBytes);
    copy(larger, payload, 0);
    payload = larger;
  };

  const encodeTexts = () => {
    // Three bytes of UTF-8 at most for each UTF-16 unit.
    reserve(text.length * 3);
    const encode = (part: string) => encodeInto(part, subarray(payload, bytes, mostBytes));
    const together = encode(text);
    // As many bytes as units: all of it is ASCII, and so the lengths in the rows are right.
    if (together === text.length) {
      bytes += together;
    } else {
      for (let row = textRow, from = 0; row < rows; row++) {
        const to = from + fields[row * FIELDS + 1];
        const length = encode(slice(text, from, to));
        fields[row * FIELDS + 1] = length;
        bytes += length;
        from = to;
      }
    }
    text = '';
  };

  const addBare: BatchBuilder['addBare'] = (time, connection, kind, flags, length) => {
    if (text !== '') encodeTexts();
    addRow(time, connection, kind, flags, length);
  };

  return {
    size: () => (rows === 0 && notes === '' ? 0 : HEADER_BYTES + rows * ROW_BYTES + bytes + text.length + partBytes),
    nextFrame: () => firstFrame + rows,
    addBare,
    addText(time, connection, kind, flags, more) {
      if (text === '') textRow = rows;
      text += more;
      addRow(time, connection, kind, flags, more.length);
    },
    addBytes(time, connection, kind, flags, data, size = data.length) {
      if (text !== '') encodeTexts();
      reserve(size);
      copy(payload, data, bytes);
      bytes += size;
      addRow(time, connection, kind, flags, size);
    },
    addNote(note, data) {
      notes += (notes === '' ? '[' : ',') + stringify(note);
      if (!data || note.type !== 'part') return;
      const part = { bytes: data, size: note.bytes, next: null };
      if (parts) lastPart!.next = part;
      else parts = part;
      lastPart = part;
      partBytes += note.bytes;
    },
    take(sequence) {
      if (text !== '') encodeTexts();
      const json = notes === '' ? '[]' : `${notes}]`;
      // Notes hold text of the page (URLs, stacks), so they too may need three bytes a unit.
      const room = new make.Uint8Array(json.length * 3);
      const noteBytes = encodeInto(json, room);
      const payloadBytes = bytes + partBytes;
      const buffer = new make.ArrayBuffer(HEADER_BYTES + rows * ROW_BYTES + noteBytes + payloadBytes);
      copy(
        new make.Uint32Array(buffer, 0, HEADER_BYTES / 4),
        [MAGIC, VERSION, sequence, firstFrame, rows, noteBytes, payloadBytes],
        0,
      );
      const times = new make.Float64Array(buffer, HEADER_BYTES, rows);
      const lengths = new make.Uint32Array(buffer, HEADER_BYTES + rows * 8, rows * 2);
      const all = new make.Uint8Array(buffer);
      let at = HEADER_BYTES + rows * 16;
      for (let row = 0, field = 0; row < rows; row++, at++) {
        times[row] = fields[field++];
        lengths[row] = fields[field++];
        lengths[rows + row] = fields[field++];
        all[at] = fields[field++];
        all[at + rows] = fields[field++];
      }
      at += rows;
      copy(all, subarray(room, 0, noteBytes), at);
      at += noteBytes;
      copy(all, subarray(payload, 0, bytes), at);
      at += bytes;
      for (; parts; parts = parts.next) {
        copy(all, parts.bytes, at);
        at += parts.size;
      }
      firstFrame += rows;
      rows = bytes = partBytes = 0;
      notes = '';
      if (mostBytes > FIRST_BYTES * 32) {
        mostBytes = FIRST_BYTES;
        payload = new make.Uint8Array(FIRST_BYTES);
      }
      return buffer;
    },
  };
}

/**
 * Takes the messages' payloads out of a packed batch and marks their frames as dropped, to make room.
 * Events (open, close, gaps) keep theirs, so that connections stay true, and parts of large payloads stay.
 * @param buffer a batch made by {@link createBatchBuilder}; it is not changed
 * @returns the smaller batch
 */
export function stripPayloads(buffer: ArrayBuffer, platform: Platform): ArrayBuffer {
  const { copy, subarray } = platform;
  // In Firefox the batch is the page's, whose `subarray` a content script may not call; and it stays as it is.
  const bytes = new Uint8Array(buffer.byteLength);
  copy(bytes, new Uint8Array(buffer), 0);
  const header = new Uint32Array(bytes.buffer, 0, HEADER_BYTES / 4);
  const rows = header[HEADER.frames / 4];
  const lengths = new Uint32Array(bytes.buffer, HEADER_BYTES + rows * 8, rows);
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
  // Parts of large payloads stand behind.
  copy(bytes, subarray(bytes, from, bytes.length), to);
  const smaller = new Uint8Array(bytes.length - (from - to));
  copy(smaller, subarray(bytes, 0, smaller.length), 0);
  return smaller.buffer;
}
