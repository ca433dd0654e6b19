import type { ProbeRequest } from './probe-messages';
import { Prober, type ProbeWorker } from './prober';

/** Workers at most: the store's thread, the panel's and the page's need processors too. */
const MOST = 2;

/** Has frames tested in several Workers at once; each of them can be ended when a test does not. */
export class ProberPool {
  readonly #probers: Prober[];

  /** @param size how many Workers, at least one */
  constructor(createWorker: () => ProbeWorker, size: number) {
    this.#probers = Array.from({ length: Math.max(1, Math.min(size, MOST)) }, () => new Prober(createWorker));
  }

  /** How many requests are worked at at the same time. */
  get size(): number {
    return this.#probers.length;
  }

  /** Starts the Workers ahead of the first request. */
  warm(): void {
    for (const prober of this.#probers) prober.warm();
  }

  /** As {@link Prober.run}, by whoever has least to do. */
  run(request: Omit<ProbeRequest, 'type' | 'id'>, signal: AbortSignal): Promise<number[]> {
    return this.#probers.reduce((least, next) => (next.load < least.load ? next : least)).run(request, signal);
  }
}
