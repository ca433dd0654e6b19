const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
/** Texts up to this are unescaped in one place again and again, since making buffers is slow. */
const SCRATCH_BYTES = 1 << 16;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** Longer than any number that programs write. */
const NUMBER_CHARACTERS = 32;

/** What a byte after a backslash means, in a JSON string; 0 for `u` and for what is not allowed. */
const ESCAPES = new Uint8Array(256);
for (const [character, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPES[character.charCodeAt(0)] = meaning.charCodeAt(0);
}

const encoder = new TextEncoder();

type Member = { start: number; end: number; escaped: boolean } | number | undefined;

/**
 * Reads objects of strings and numbers from their JSON text without making JavaScript strings of it: the payload of a
 * frame goes from a file's bytes to the log's bytes. It knows the members named and the shapes that programs write;
 * for anything else {@link parse} says false, and a full parser has to look.
 */
export class FlatObject {
  readonly #names: Uint8Array[];
  readonly #members: Member[];
  #json: Uint8Array = new Uint8Array(0);
  #scratch = new Uint8Array(SCRATCH_BYTES);

  /** @param names the members known, ASCII; later calls name them by their place in this list */
  constructor(names: readonly string[]) {
    this.#names = names.map((name) => encoder.encode(name));
    this.#members = names.map(() => undefined);
  }

  /** Reads one object; what it says of the members is valid while `json` is. False if it is not that simple. */
  parse(json: Uint8Array): boolean {
    this.#json = json;
    this.#members.fill(undefined);
    let i = 0;
    if (json[i++] !== BRACE) return false;
    for (;;) {
      if (json[i++] !== QUOTE) return false;
      const name = this.#name(i);
      if (name < 0) return false;
      i += this.#names[name].length + 1;
      if (json[i++] !== COLON) return false;
      i = json[i] === QUOTE ? this.#string(name, i + 1) : this.#number(name, i);
      if (i < 0) return false;
      const after = json[i++];
      if (after === BRACE_END) return i === json.length;
      if (after !== COMMA) return false;
    }
  }

  /** The member if it is a number. */
  number(member: number): number | undefined {
    const value = this.#members[member];
    return typeof value === 'number' ? value : undefined;
  }

  /** Whether the member is this string. */
  is(member: number, ascii: Uint8Array): boolean {
    const value = this.#members[member];
    return typeof value === 'object' && value.end - value.start === ascii.length && this.#match(value.start, ascii);
  }

  /** Whether the object has the member. */
  has(member: number): boolean {
    return this.#members[member] !== undefined;
  }

  /**
   * The member's bytes, if it is a string without `\u` escapes: a view, valid until the next call.
   * They are not checked to be UTF-8.
   */
  bytes(member: number): Uint8Array | null {
    const value = this.#members[member];
    if (typeof value !== 'object') return null;
    return value.escaped ? this.#withoutEscapes(value.start, value.end) : this.#json.subarray(value.start, value.end);
  }

  /** Place of the name that stands at `at`, up to its quote; -1 if it is none of them. */
  #name(at: number): number {
    return this.#names.findIndex((name) => this.#json[at + name.length] === QUOTE && this.#match(at, name));
  }

  #match(at: number, bytes: Uint8Array): boolean {
    for (let k = 0; k < bytes.length; k++) if (this.#json[at + k] !== bytes[k]) return false;
    return true;
  }

  /** Notes the string that begins at `start` and gives the place after its quote, or -1. */
  #string(member: number, start: number): number {
    const json = this.#json;
    let escaped = false;
    for (let i = start; i < json.length; i++) {
      const byte = json[i];
      if (byte === QUOTE) {
        this.#members[member] = { start, end: i, escaped };
        return i + 1;
      }
      if (byte < 0x20) return -1;
      if (byte === BACKSLASH) {
        escaped = true;
        i++;
      }
    }
    return -1;
  }

  /** Notes the number that begins at `start` and gives the place after it, or -1. */
  #number(member: number, start: number): number {
    const json = this.#json;
    let text = '';
    let i = start;
    for (; json[i] !== COMMA && json[i] !== BRACE_END; i++) {
      if (i - start > NUMBER_CHARACTERS || i >= json.length) return -1;
      text += String.fromCharCode(json[i]);
    }
    if (!NUMBER.test(text)) return -1;
    this.#members[member] = Number(text);
    return i;
  }

  #withoutEscapes(start: number, end: number): Uint8Array | null {
    const json = this.#json;
    const out = end - start > SCRATCH_BYTES ? new Uint8Array(end - start) : this.#scratch;
    let length = 0;
    for (let i = start; i < end; i++) {
      let byte = json[i];
      if (byte === BACKSLASH) {
        byte = ESCAPES[json[++i]];
        if (byte === 0) return null;
      }
      out[length++] = byte;
    }
    return out.subarray(0, length);
  }
}
