import { delay } from './turns';

/** Answers to the batches of one document are at least this far apart, in ms. */
const PACE_MS = 8;

/**
 * Spaces the answers to batches. A sender keeps a few batches unanswered and packs what comes meanwhile into the
 * next one: the slower the answers, the larger the batches, and the less each frame costs on its way.
 */
export class Pace {
  readonly #next = new Map<string, number>();

  /** Resolves when the batch of this document may be answered: at once after a silence. */
  async turn(key: string): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#next.get(key) ?? 0);
    this.#next.set(key, at + PACE_MS);
    if (at > now) await delay(at - now);
  }

  /** The document is gone. */
  forget(key: string): void {
    this.#next.delete(key);
  }
}
