/** Frames whose numbers are kept together. */
const CHUNK_BITS = 16;
const CHUNK_FRAMES = 1 << CHUNK_BITS;
/** About what the browser needs for a text beside its characters. */
const TEXT_OVERHEAD = 64;
/** What the user is told when there is no room for a stack. */
export const STACKS_FULL =
  'Where frames are sent from differs too much to keep all of it: it is not known of frames sent from yet other places';

/**
 * Call stacks of frames. Most are equal, so each is kept once and a frame takes 4 bytes; the different ones together take no
 * more than they may.
 */
export class Stacks {
  /** Told once, when a stack could not be kept for want of room. */
  onFull: () => void = () => undefined;
  readonly #texts: string[] = [];
  /** Number of each text, from 1. */
  readonly #numbers = new Map<string, number>();
  /** Number of each frame's text; 0 for none. Chunks without any are not there. */
  readonly #chunks: (Uint32Array | undefined)[] = [];
  #bytes = 0;
  #full = false;

  /** @param limit bytes that the different stacks may take */
  constructor(readonly limit: number) {}

  /** @returns the stack of a frame; `undefined` when it is not known */
  get(frame: number): string | undefined {
    const number = this.#chunks[frame >>> CHUNK_BITS]?.[frame & (CHUNK_FRAMES - 1)] ?? 0;
    return number === 0 ? undefined : this.#texts[number - 1];
  }

  /** @returns the stack as it is kept, shared with frames of an equal one; `null` when there is no room for one more */
  set(frame: number, stack: string): string | null {
    let number = this.#numbers.get(stack);
    if (number === undefined) {
      const bytes = stack.length * 2 + TEXT_OVERHEAD;
      if (this.#bytes + bytes > this.limit) {
        this.#tellFull();
        return null;
      }
      this.#bytes += bytes;
      number = this.#texts.push(stack);
      this.#numbers.set(stack, number);
    }
    const at = frame >>> CHUNK_BITS;
    const chunk = this.#chunks[at] ?? new Uint32Array(CHUNK_FRAMES);
    this.#chunks[at] = chunk;
    chunk[frame & (CHUNK_FRAMES - 1)] = number;
    return this.#texts[number - 1];
  }

  /** All that are kept, by the frame's number. */
  *[Symbol.iterator](): Generator<[frame: number, stack: string], void> {
    for (const [at, chunk] of this.#chunks.entries()) {
      if (chunk === undefined) continue;
      for (const [index, number] of chunk.entries()) {
        if (number > 0) yield [at * CHUNK_FRAMES + index, this.#texts[number - 1]];
      }
    }
  }

  #tellFull(): void {
    if (this.#full) return;
    this.#full = true;
    this.onFull();
  }
}
