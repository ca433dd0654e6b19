import type { Emit } from './store';
import { throttle } from './turns';

/** Progress is told at most this often, in ms. */
const PROGRESS_MS = 100;

/** Long work that the panel started: how far it is, and whether it was cancelled. */
export interface Job {
  signal: AbortSignal;
  /** @param done of `total`, in whatever the job counts */
  progress(done: number, total: number): void;
}

/** The jobs under way, by the number that the panel gave them. */
export class Jobs {
  readonly #running = new Map<number, AbortController>();

  constructor(readonly emit: Emit) {}

  /**
   * Runs a job.
   * @throws {DOMException} `AbortError` when it was cancelled; else what `work` throws
   */
  async run<T>(id: number, work: (job: Job) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    let latest = { job: id, done: 0, total: 0 };
    const tell = throttle(
      () => PROGRESS_MS,
      () => this.emit('progress', latest),
    );
    try {
      return await work({
        signal: controller.signal,
        progress(done, total) {
          latest = { job: id, done, total };
          tell();
        },
      });
    } finally {
      tell.cancel();
      this.#running.delete(id);
    }
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }
}
