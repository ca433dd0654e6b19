const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
const NOTHING = 0;
const UNANSWERED = 0xffffffff;

/** What is known of a frame that asks or answers. */
export interface PairLink {
  role: 'request' | 'reply';
  /** The frame that answers, or that was answered; `null` for a request without a reply. */
  other: number | null;
}

/** Which frame answers which, by frame number. 4 bytes for each frame near others that have a pair; nothing elsewhere. */
export class PairLinks {
  readonly #chunks: (Uint32Array | undefined)[] = [];

  /** @param other the frame at the other end, `null` if nothing is there and nothing is missing */
  set(frame: number, other: number | 'unanswered' | null): void {
    this.#set(frame, other === null ? NOTHING : other === 'unanswered' ? UNANSWERED : other + 1);
  }

  clear(): void {
    this.#chunks.length = 0;
  }

  of(frame: number): PairLink | null {
    const link = this.#chunks[frame >>> CHUNK_BITS]?.[frame & (CHUNK - 1)] ?? NOTHING;
    if (link === NOTHING) return null;
    if (link === UNANSWERED) return { role: 'request', other: null };
    return { role: link - 1 > frame ? 'request' : 'reply', other: link - 1 };
  }

  isUnanswered(frame: number): boolean {
    return this.#chunks[frame >>> CHUNK_BITS]?.[frame & (CHUNK - 1)] === UNANSWERED;
  }

  /** The frame at the other end; -1 if there is none. */
  other(frame: number): number {
    const link = this.#chunks[frame >>> CHUNK_BITS]?.[frame & (CHUNK - 1)] ?? NOTHING;
    return link === NOTHING || link === UNANSWERED ? -1 : link - 1;
  }

  #set(frame: number, link: number): void {
    const chunk = frame >>> CHUNK_BITS;
    if (link === NOTHING && this.#chunks[chunk] === undefined) return;
    this.#chunks[chunk] ??= new Uint32Array(CHUNK);
    this.#chunks[chunk][frame & (CHUNK - 1)] = link;
  }
}
