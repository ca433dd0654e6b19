import { Broken } from '../reader';

/** Reads the bits of a Brotli stream, the lowest of each byte first (RFC 7932 §1.5.1). */
export class BrotliBits {
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** Offset of the byte in which the next bit is. */
  get at(): number {
    return this.#at - (this.#count >> 3);
  }

  /** The next `count` bits, at most 24, as a number; they stay. Bits after the end are zero. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#held |= (this.bytes[this.#at++] ?? 0) << this.#count;
      this.#count += 8;
    }
    return this.#held & ((1 << count) - 1);
  }

  /** Moves on by bits that were peeked at. Throws {@link Broken} behind the end. */
  drop(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
    if (this.at > this.bytes.length) throw new Broken('the stream ends early', this.bytes.length);
  }

  /** The next `count` bits, at most 24. Throws {@link Broken} behind the end. */
  read(count: number): number {
    const value = this.peek(count);
    this.drop(count);
    return value;
  }

  /** Moves to the next whole byte. Throws {@link Broken} where the bits before it are not zero. */
  align(): void {
    if (this.read(this.#count & 7) !== 0) throw new Broken('bits that have to be zero are not', this.at);
  }

  /** The next `count` bytes, after {@link align}; fewer where the stream ends. */
  take(count: number): Uint8Array {
    const start = this.at;
    const part = this.bytes.subarray(start, start + count);
    this.#at = start + part.length;
    this.#held = 0;
    this.#count = 0;
    return part;
  }
}
