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
  copy(into: Uint8Array, from: ArrayLike<number>, at: number): void;
  stringify(note: Note): string;
}

const FIRST_ROWS = 256;
const FIRST_BYTES = 1 << 16;

/** Collects frames and notes, and packs them into one batch. Its buffers are reused from batch to batch. */
export class BatchBuilder {
  /** Frames in the batch under construction. */
  rows = 0;
  /** Bytes of payload in it. */
  bytes = 0;
  private times = new Float64Array(FIRST_ROWS);
  private lengths = new Uint32Array(FIRST_ROWS);
  private connections = new Uint32Array(FIRST_ROWS);
  private kinds = new Uint8Array(FIRST_ROWS);
  private flags = new Uint8Array(FIRST_ROWS);
  private payload = new Uint8Array(FIRST_BYTES);
  /** Payload bytes of `part` notes, behind those of the frames. */
  private parts: Uint8Array[] = [];
  private partCount = 0;
  private partBytes = 0;
  private notes = '';
  private firstFrame = 0;

  constructor(private readonly platform: Platform) {}

  /** Whether there is nothing to send. */
  get empty(): boolean {
    return this.rows === 0 && this.notes === '';
  }

  /** Bytes that the packed batch would have, without its notes. */
  get size(): number {
    return HEADER_BYTES + this.rows * ROW_BYTES + this.bytes + this.partBytes;
  }

  /**
   * Adds a frame whose payload is text.
   * @param time ms since the epoch
   * @returns bytes of the text as UTF-8
   */
  addText(time: number, connection: number, kind: number, flags: number, text: string): number {
    // Three bytes of UTF-8 at most for each UTF-16 unit.
    this.reserve(text.length * 3);
    const { platform, payload, bytes } = this;
    const length = platform.encodeInto(text, bytes === 0 ? payload : platform.subarray(payload, bytes, payload.length));
    this.bytes = bytes + length;
    this.row(time, connection, kind, flags, length);
    return length;
  }

  /** Adds a frame whose payload is these bytes, which are copied. */
  addBytes(time: number, connection: number, kind: number, flags: number, bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.platform.copy(this.payload, bytes, this.bytes);
    this.bytes += bytes.length;
    this.row(time, connection, kind, flags, bytes.length);
  }

  /**
   * Adds a frame without its payload.
   * @param flags must have `deferred` or `dropped`
   * @param length bytes of the payload
   */
  addBare(time: number, connection: number, kind: number, flags: number, length: number): void {
    this.row(time, connection, kind, flags, length);
  }

  /** Adds a note; a `part` note comes with its bytes, which are not copied before {@link take}. */
  addNote(note: Note, bytes?: Uint8Array): void {
    this.notes += (this.notes === '' ? '[' : ',') + this.platform.stringify(note);
    if (bytes) {
      this.parts[this.partCount++] = bytes;
      this.partBytes += bytes.length;
    }
  }

  /**
   * Packs what was added and begins anew.
   * @param sequence number of the batch within its document, counted from 1
   */
  take(sequence: number): ArrayBuffer {
    const { platform, rows } = this;
    const notes = this.notes === '' ? '[]' : `${this.notes}]`;
    // Notes hold page-made text (URLs, stacks), so they too may need three bytes a unit.
    let noteBytes = new Uint8Array(notes.length * 3);
    noteBytes = platform.subarray(noteBytes, 0, platform.encodeInto(notes, noteBytes)) as Uint8Array<ArrayBuffer>;
    const columns = HEADER_BYTES + rows * ROW_BYTES;
    const buffer = new ArrayBuffer(columns + noteBytes.length + this.bytes + this.partBytes);
    const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
    header[HEADER.magic / 4] = MAGIC;
    header[HEADER.version / 4] = VERSION;
    header[HEADER.sequence / 4] = sequence;
    header[HEADER.firstFrame / 4] = this.firstFrame;
    header[HEADER.frames / 4] = rows;
    header[HEADER.notesBytes / 4] = noteBytes.length;
    header[HEADER.payloadBytes / 4] = this.bytes + this.partBytes;
    const all = new Uint8Array(buffer);
    let at = HEADER_BYTES;
    const column = (values: Float64Array | Uint32Array | Uint8Array, width: number) => {
      platform.copy(all, new Uint8Array(values.buffer as ArrayBuffer, 0, rows * width), at);
      at += rows * width;
    };
    column(this.times, 8);
    column(this.lengths, 4);
    column(this.connections, 4);
    column(this.kinds, 1);
    column(this.flags, 1);
    platform.copy(all, noteBytes, at);
    at += noteBytes.length;
    platform.copy(all, platform.subarray(this.payload, 0, this.bytes), at);
    at += this.bytes;
    for (let index = 0; index < this.partCount; index++) {
      platform.copy(all, this.parts[index], at);
      at += this.parts[index].length;
    }
    this.firstFrame += rows;
    this.rows = this.bytes = this.partBytes = this.partCount = 0;
    this.parts = [];
    this.notes = '';
    if (this.payload.length > FIRST_BYTES * 32) this.payload = new Uint8Array(FIRST_BYTES);
    return buffer;
  }

  /** Number within the document of the frame that is added next. */
  get nextFrame(): number {
    return this.firstFrame + this.rows;
  }

  private row(time: number, connection: number, kind: number, flags: number, length: number): void {
    const index = this.rows;
    if (index === this.times.length) this.growRows();
    this.times[index] = time;
    this.lengths[index] = length;
    this.connections[index] = connection;
    this.kinds[index] = kind;
    this.flags[index] = flags;
    this.rows = index + 1;
  }

  private reserve(more: number): void {
    const needed = this.bytes + more;
    if (needed <= this.payload.length) return;
    let size = this.payload.length * 2;
    while (size < needed) size *= 2;
    const payload = new Uint8Array(size);
    this.platform.copy(payload, this.platform.subarray(this.payload, 0, this.bytes), 0);
    this.payload = payload;
  }

  private growRows(): void {
    const size = this.times.length * 2;
    const { copy } = this.platform;
    const grow = <T extends Float64Array | Uint32Array | Uint8Array>(old: T, grown: T): T => {
      copy(new Uint8Array(grown.buffer as ArrayBuffer), new Uint8Array(old.buffer as ArrayBuffer), 0);
      return grown;
    };
    this.times = grow(this.times, new Float64Array(size));
    this.lengths = grow(this.lengths, new Uint32Array(size));
    this.connections = grow(this.connections, new Uint32Array(size));
    this.kinds = grow(this.kinds, new Uint8Array(size));
    this.flags = grow(this.flags, new Uint8Array(size));
  }
}

/**
 * Takes the messages' payloads out of a packed batch and marks their frames as dropped, to make room.
 * Events (open, close, gaps) keep theirs, so that connections stay true.
 * @param buffer a batch made by {@link BatchBuilder.take} without `part` notes
 * @returns the smaller batch, and how many frames lost their payload
 */
export function stripPayloads(buffer: ArrayBuffer, platform: Platform): { buffer: ArrayBuffer; frames: number } {
  const { copy, subarray } = platform;
  const bytes = new Uint8Array(buffer);
  const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  const rows = header[HEADER.frames / 4];
  const lengths = new Uint32Array(buffer, HEADER_BYTES + rows * 8, rows);
  const kindsAt = HEADER_BYTES + rows * 16;
  const flagsAt = kindsAt + rows;
  let from = flagsAt + rows + header[HEADER.notesBytes / 4];
  let to = from;
  let frames = 0;
  for (let row = 0; row < rows; row++) {
    if (bytes[flagsAt + row] & (FLAG.deferred | FLAG.dropped)) continue;
    if (bytes[kindsAt + row] <= KIND.binary) {
      bytes[flagsAt + row] |= FLAG.dropped;
      frames++;
    } else {
      copy(bytes, subarray(bytes, from, from + lengths[row]), to);
      to += lengths[row];
    }
    from += lengths[row];
  }
  header[HEADER.payloadBytes / 4] -= from - to;
  const smaller = new Uint8Array(to);
  copy(smaller, subarray(bytes, 0, to), 0);
  return { buffer: smaller.buffer, frames };
}
