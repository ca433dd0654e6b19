import type { CompiledFilter } from '../core/filter/types';
import type { ProbeAnswer, ProbeBegun, ProbeRequest } from './probe-messages';

/** Frames of one request, at most a segment, that take longer than this are given up, in ms. */
export const PROBE_MS = 1000;
/** A Worker that does not begin within this time is not there, in ms: a busy machine takes seconds to start one. */
const START_MS = 15_000;
/** What nobody waits for any more gets this much longer, in ms: a fresh Worker costs about as much. */
const ABANDONED_MS = 100;

/** A test took too long and was stopped. */
export class TooSlowError extends Error {
  override name = 'TooSlowError';
}

/** In words for the user, that a filter was given up because of one of its regexes. */
export function tooSlow({ patterns }: Pick<CompiledFilter, 'patterns'>): string {
  return `Stopped: ${patterns.join(' or ')} takes too long on some frames`;
}

/** What of a Worker is used here. */
export type ProbeWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

interface Waiting {
  request: ProbeRequest;
  signal: AbortSignal;
  resolve(matches: number[]): void;
  reject(error: unknown): void;
  onAbort: (() => void) | null;
}

/** Has frames tested in a Worker of its own, one request after the other, and ends it when a test does not. */
export class Prober {
  #worker: ProbeWorker | null = null;
  #lastId = 0;
  #current: Waiting | null = null;
  readonly #queue: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(readonly createWorker: () => ProbeWorker) {}

  /** Requests that wait for an answer. */
  get load(): number {
    return this.#queue.length + (this.#current === null ? 0 : 1);
  }

  /** Starts the Worker ahead of the first request. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  /**
   * @returns numbers of the frames that pass
   * @throws {TooSlowError} when it took too long; {DOMException} `AbortError` when nobody wants to know any more
   */
  run(request: Omit<ProbeRequest, 'type' | 'id'>, signal: AbortSignal): Promise<number[]> {
    return new Promise((resolve, reject) => {
      const full: ProbeRequest = { ...request, type: 'probe', id: ++this.#lastId };
      this.#queue.push({ request: full, signal, resolve, reject, onAbort: null });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current !== null) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    if (next.signal.aborted) {
      next.reject(next.signal.reason);
      this.#next();
      return;
    }
    this.#current = next;
    this.#limit(START_MS);
    this.warm();
    const { record, data, gaps, latencies, offsets, previous } = next.request;
    this.#worker?.postMessage(next.request, [
      record,
      data.buffer,
      gaps.buffer,
      latencies.buffer,
      offsets.buffer,
      previous.buffer,
    ]);
    next.onAbort = () => this.#limit(ABANDONED_MS);
    next.signal.addEventListener('abort', next.onAbort);
  }

  #limit(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#worker?.terminate();
      this.#worker = null;
      this.#end((waiting) => waiting.reject(new TooSlowError('The test took too long')));
    }, ms);
  }

  #end(settle: (waiting: Waiting) => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#current;
    this.#current = null;
    if (waiting !== null && waiting.onAbort !== null) waiting.signal.removeEventListener('abort', waiting.onAbort);
    if (waiting !== null) settle(waiting);
    this.#next();
  }

  #start(): ProbeWorker {
    const worker = this.createWorker();
    worker.onmessage = ({ data }: MessageEvent<ProbeAnswer | ProbeBegun>) => {
      const current = this.#current;
      if (data.id !== current?.request.id) return;
      if (data.type === 'probed') this.#end((waiting) => waiting.resolve(data.matches));
      else if (!current.signal.aborted) this.#limit(PROBE_MS);
    };
    worker.onerror = (event) => {
      const reason = new Error(`The search failed: ${event instanceof ErrorEvent ? event.message : 'no Worker'}`);
      worker.terminate();
      if (this.#worker === worker) this.#worker = null;
      this.#end((waiting) => waiting.reject(reason));
    };
    return worker;
  }
}
