const QUOTE = 0x22;
const BACKSLASH = 0x5c;
enum Within {
  Nothing,
  String,
  Scalar,
}

/** Finds where one JSON value ends, in text that arrives in pieces. Nothing but strings and brackets is looked at. */
export class ValueScan {
  #depth = 0;
  #within = Within.Nothing;
  #escaped = false;

  /**
   * Looks at `bytes[from..to]`, the continuation of what earlier calls saw.
   * @returns where the value ends in `bytes`, or -1 when all were looked at and it goes on
   */
  run(bytes: Uint8Array, from: number, to: number): number {
    let i = from;
    while (i < to) {
      if (this.#within === Within.String) {
        i = this.#string(bytes, i, to);
        if (i < 0) return -1;
        this.#within = Within.Nothing;
        if (this.#depth === 0) return i;
        continue;
      }
      const byte = bytes[i] as number;
      if (this.#within === Within.Scalar) {
        if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === 0x3a || byte <= 0x20) return i;
        i++;
        continue;
      }
      i++;
      if (byte === QUOTE) this.#within = Within.String;
      else if (byte === 0x7b || byte === 0x5b) this.#depth++;
      else if (byte === 0x7d || byte === 0x5d) {
        if (this.#depth === 0) return i - 1;
        if (--this.#depth === 0) return i;
      } else if (this.#depth === 0) {
        if (byte === 0x2c || byte === 0x3a) return i - 1;
        this.#within = Within.Scalar;
      }
    }
    return -1;
  }

  /** Place after the closing quote, or -1. */
  #string(bytes: Uint8Array, from: number, to: number): number {
    let i = from;
    if (this.#escaped) {
      this.#escaped = false;
      i++;
    }
    while (i < to) {
      const byte = bytes[i++];
      if (byte === QUOTE) return i;
      if (byte === BACKSLASH) {
        if (i === to) {
          this.#escaped = true;
          return -1;
        }
        i++;
      }
    }
    return -1;
  }
}
