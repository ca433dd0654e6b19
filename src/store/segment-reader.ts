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
export type ReaderWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Segments that one Worker reads. */
const READS = 8;

interface Reader {
  worker: ReaderWorker;
  /** How many it was asked for. */
  asked: number;
  waiting: number;
}

/**
 * Has segments read by a Worker of its own. To take a value out of IndexedDB is work for the thread that asked: a scan
 * would stop for as long as for its own work. From another thread the bytes are handed over without a copy.
 *
 * What the browser read for each value stays until that thread collects its garbage, and one that makes so little of its own
 * does not, for hundreds of megabytes: so the Worker is replaced now and then.
 */
export class SegmentReader {
  #reader: Reader | null = null;
  #broken = false;
  #lastId = 0;
  readonly #waiting = new Map<number, { resolve(data: Uint8Array | null): void; reject(error: Error): void }>();

  constructor(readonly createWorker: () => ReaderWorker) {}

  /** @throws {Error} when there is no such Worker: the caller has to read for itself */
  read(session: string, segment: number): Promise<Uint8Array | null> {
    if (this.#broken) return Promise.reject(new Error('There is no reader'));
    const last = this.#reader;
    if (last !== null && last.asked === READS && last.waiting === 0) last.worker.terminate();
    const reader = last === null || last.asked === READS ? this.#start() : last;
    this.#reader = reader;
    reader.asked++;
    reader.waiting++;
    const request: ReadRequest = { type: 'read', id: ++this.#lastId, session, segment };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      reader.worker.postMessage(request);
    });
  }

  /**
   * Takes a buffer that nobody wants any more, to be gone with the Worker: its memory is given back sooner there than
   * where it was worked at, by a thread that is too busy to collect its garbage.
   */
  discard(data: Uint8Array): void {
    if (!this.#broken) this.#reader?.worker.postMessage({ type: 'discard' }, [data.buffer]);
  }

  #start(): Reader {
    const worker = this.createWorker();
    const reader: Reader = { worker, asked: 0, waiting: 0 };
    worker.onmessage = ({ data: answer }: MessageEvent<ReadAnswer>) => {
      this.#waiting.get(answer.id)?.resolve(answer.data);
      this.#waiting.delete(answer.id);
      reader.waiting--;
      if (reader.waiting === 0 && reader !== this.#reader) worker.terminate();
    };
    worker.onerror = () => {
      this.#broken = true;
      for (const { reject } of this.#waiting.values()) reject(new Error('The reader failed'));
      this.#waiting.clear();
    };
    return reader;
  }
}
