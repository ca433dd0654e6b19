import { FormatError } from './types';
import { ValueScan } from './value-scan';

/** The largest single value that is read whole: a string of more would not fit a JavaScript string. */
const MAX_VALUE_BYTES = 256 << 20;

const FIRST_BUFFER = 1 << 16;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const QUOTE = 0x22;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses one whole JSON text of UTF-8.
 * @param where what a FormatError says of the place; called only when it is needed
 * @throws {FormatError} when it is not UTF-8 or not JSON
 */
export function parseJson(utf8: Uint8Array, where: () => string): unknown {
  let text: string;
  try {
    text = decoder.decode(utf8);
  } catch {
    throw new FormatError('The text is not valid UTF-8', where());
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError('This is not valid JSON', where());
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Walks a JSON text that arrives in chunks, holding no more of it than the value at hand: the caller enters the
 * objects and arrays it wants to walk, takes small values whole and skips the rest. RFC 8259.
 * The root must be an object or an array. What is skipped is checked for balance only. All methods throw a FormatError for malformed or truncated text.
 */
export class JsonCursor {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer = new Uint8Array(FIRST_BUFFER);
  #pos = 0;
  #end = 0;
  /** Offset in the file of `#buffer[0]`. */
  #base = 0;
  /** For each container entered: whether nothing of it was read yet. */
  readonly #fresh: boolean[] = [];

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes of the file before the place where the cursor stands. */
  get offset(): number {
    return this.#base + this.#pos;
  }

  /** The next byte that is not white space, without moving past it; -1 at the end of the file. */
  async peek(): Promise<number> {
    for (;;) {
      while (this.#pos < this.#end) {
        const byte = this.#buffer[this.#pos];
        if (!isSpace(byte)) return byte;
        this.#pos++;
      }
      if (!(await this.#more())) return -1;
    }
  }

  /** Skips a byte order mark at the very beginning. */
  async skipByteOrderMark(): Promise<void> {
    while (this.#end - this.#pos < 3 && (await this.#more()));
    const [a, b, c] = this.#buffer.subarray(this.#pos, Math.min(this.#pos + 3, this.#end));
    if (a === 0xef && b === 0xbb && c === 0xbf) this.#pos += 3;
  }

  /** Moves into the object that begins here. `what` names it for the error. */
  enterObject(what: string): Promise<void> {
    return this.#enter(BRACE, `${what} is not an object`);
  }

  /** Moves into the array that begins here. `what` names it for the error. */
  enterArray(what: string): Promise<void> {
    return this.#enter(BRACKET, `${what} is not an array`);
  }

  /** Moves to the next member of the object and gives its name; `null` after leaving the object. */
  async key(): Promise<string | null> {
    if (await this.#leave(BRACE_END)) return null;
    await this.#expect(QUOTE, 'A name in quotes is expected');
    const at = this.offset;
    const name = parseJson(await this.value(), () => `byte ${at}`);
    await this.#expect(COLON, 'A colon is expected');
    this.#pos++;
    return String(name);
  }

  /** Moves to the next item of the array; `false` after leaving the array. */
  async item(): Promise<boolean> {
    return !(await this.#leave(BRACKET_END));
  }

  /**
   * As {@link item} and {@link value} at once, without waiting: the next item of the array if it is whole in what has
   * arrived. `null` where it is not, or the array ends, or anything is wrong; then nothing has moved.
   */
  itemNow(): Uint8Array | null {
    const fresh = this.#fresh.length - 1;
    let from = this.#pos;
    while (isSpace(this.#buffer[from]) && from < this.#end) from++;
    if (!this.#fresh[fresh]) {
      if (this.#buffer[from] !== COMMA || from >= this.#end) return null;
      from++;
      while (isSpace(this.#buffer[from]) && from < this.#end) from++;
    }
    if (this.#buffer[from] === BRACKET_END) return null;
    const to = new ValueScan().run(this.#buffer, from, this.#end);
    if (to < 0) return null;
    this.#fresh[fresh] = false;
    this.#pos = to;
    return this.#buffer.subarray(from, to);
  }

  /** The JSON text of the value here, valid until the next call of any method. Moves past it. */
  async value(): Promise<Uint8Array> {
    await this.peek();
    const scan = new ValueScan();
    let seen = 0;
    for (;;) {
      const to = scan.run(this.#buffer, this.#pos + seen, this.#end);
      if (to >= 0) {
        const text = this.#buffer.subarray(this.#pos, to);
        this.#pos = to;
        return text;
      }
      seen = this.#end - this.#pos;
      if (seen > MAX_VALUE_BYTES) throw this.#broken(`A value is larger than ${MAX_VALUE_BYTES >> 20} MiB`);
      if (!(await this.#more())) throw this.#early();
    }
  }

  /** Moves past the value here without keeping it. */
  async skip(): Promise<void> {
    await this.peek();
    const scan = new ValueScan();
    for (;;) {
      const to = scan.run(this.#buffer, this.#pos, this.#end);
      if (to >= 0) {
        this.#pos = to;
        return;
      }
      this.#pos = this.#end;
      if (!(await this.#more())) throw this.#early();
    }
  }

  /** Throws unless nothing but white space is left. */
  async finish(): Promise<void> {
    if ((await this.peek()) !== -1) throw this.#broken('Something follows the end');
  }

  /** Tells the source of the chunks that no more are wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #enter(open: number, problem: string): Promise<void> {
    await this.#expect(open, problem);
    this.#pos++;
    this.#fresh.push(true);
  }

  /** Moves past the comma, or past the end of the container: then the result is true. */
  async #leave(close: number): Promise<boolean> {
    const byte = await this.peek();
    if (byte === -1) throw this.#early();
    if (byte === close) {
      this.#pos++;
      this.#fresh.pop();
      return true;
    }
    if (this.#fresh[this.#fresh.length - 1]) {
      this.#fresh[this.#fresh.length - 1] = false;
      return false;
    }
    if (byte !== COMMA) throw this.#broken('A comma is expected');
    this.#pos++;
    return false;
  }

  async #expect(wanted: number, problem: string): Promise<void> {
    const byte = await this.peek();
    if (byte === wanted) return;
    throw byte === -1 ? this.#early() : this.#broken(problem);
  }

  #early(): FormatError {
    return new FormatError('The file ends early', `byte ${this.#base + this.#end}`);
  }

  #broken(what: string): FormatError {
    return new FormatError(what, `byte ${this.offset}`);
  }

  /** Appends the next chunk; what lies before `#pos` may go. False at the end of the file. */
  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    const chunk = next.value;
    const kept = this.#end - this.#pos;
    if (this.#end + chunk.length > this.#buffer.length) {
      const needed = kept + chunk.length;
      const target = needed > this.#buffer.length ? new Uint8Array(needed * 2) : this.#buffer;
      target.set(this.#buffer.subarray(this.#pos, this.#end));
      this.#buffer = target;
      this.#base += this.#pos;
      this.#pos = 0;
      this.#end = kept;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
    return true;
  }
}
