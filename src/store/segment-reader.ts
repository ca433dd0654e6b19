/** A segment wanted from disk. */
export interface ReadRequest {
  type: 'read';
  id: number;
  session: string;
  segment: number;
}

/** Its payloads; `null` when they are not there. */
export interface ReadAnswer {
  type: 'segment';
  id: number;
  data: Uint8Array | null;
}

/** What of a Worker is used here. */
export type ReaderWorker = Pick<Worker, 'postMessage' | 'onmessage' | 'onerror'>;

/**
 * Has segments read by a Worker of its own. To take a value out of IndexedDB is work for the thread that asked: a scan
 * would stop for as long as for its own work. From another thread the bytes are handed over without a copy.
 */
export class SegmentReader {
  #worker: ReaderWorker | null = null;
  #broken = false;
  #lastId = 0;
  readonly #waiting = new Map<number, { resolve(data: Uint8Array | null): void; reject(error: Error): void }>();

  constructor(readonly createWorker: () => ReaderWorker) {}

  /** @throws {Error} when there is no such Worker: the caller has to read for itself */
  read(session: string, segment: number): Promise<Uint8Array | null> {
    if (this.#broken) return Promise.reject(new Error('There is no reader'));
    this.#worker ??= this.#start();
    const request: ReadRequest = { type: 'read', id: ++this.#lastId, session, segment };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker?.postMessage(request);
    });
  }

  #start(): ReaderWorker {
    const worker = this.createWorker();
    worker.onmessage = ({ data: answer }: MessageEvent<ReadAnswer>) => {
      this.#waiting.get(answer.id)?.resolve(answer.data);
      this.#waiting.delete(answer.id);
    };
    worker.onerror = () => {
      this.#broken = true;
      for (const { reject } of this.#waiting.values()) reject(new Error('The reader failed'));
      this.#waiting.clear();
    };
    return worker;
  }
}
