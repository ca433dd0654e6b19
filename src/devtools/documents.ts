import type { PageResult } from '../core/messages/page';
import { type DocumentMessage, parseDocumentMessage, type RecorderMessage } from '../core/messages/port';

/** What a document needs of a runtime port; Chromium's and Firefox's are alike. */
export interface DocumentPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface DocumentEvents {
  /** A document said who it is, for the first time. Its batches come after this. */
  arrived(document: RemoteDocument): void;
  /** A known document is back after its port broke. */
  returned(document: RemoteDocument): void;
  batch(document: RemoteDocument, sequence: number, buffer: ArrayBuffer): void;
  gone(document: RemoteDocument): void;
}

/** A connection could not be used since it is closed. */
export class ClosedError extends Error {}

type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;
/** What a page can be asked to do. */
export type Request = WithoutId<RecorderMessage>;

/** One document of the tab, at the other end of a port. */
export class RemoteDocument {
  /** What it says is not wanted: it is from before the log was cleared. */
  ignored = false;
  /** It has heard whether it is recorded. */
  told = false;
  /** It said that it is being left: without a port it is gone. */
  leaving = false;
  private lastRequest = 0;
  private removed = false;
  /** Who has something to ask while its port is broken, as in Firefox when the background was stopped. */
  private readonly absent: ((port: DocumentPort | null) => void)[] = [];
  private readonly waiting = new Map<number, (result: PageResult) => void>();

  /** @param key unique among the documents of the tab */
  constructor(
    readonly key: string,
    readonly url: string,
    readonly ancestors: string[],
    readonly frameId: number,
    public port: DocumentPort | null,
    /** When it was made, or came back from the back/forward cache, ms since the epoch. */
    readonly shownAt: number,
    /** It was gone when it was first heard of. */
    readonly left: boolean,
    /** It was loaded while Framescope was off there: it is not patched. */
    readonly off: boolean,
    /** It was there before the extension was. */
    readonly late: boolean,
    /** Number of the newest batch taken: what comes again after a broken port is known by it. */
    public lastBatch = 0,
  ) {}

  tell(command: RecorderMessage): void {
    this.port?.postMessage(command);
  }

  /**
   * Lets the page do something.
   * @returns number within the document of the connection that did it
   * @throws {Error} (asynchronously) with the page's reason when it could not; a {@link ClosedError} where the connection is closed
   */
  async ask(request: Request): Promise<number> {
    const port = this.port ?? (await this.comesBack());
    if (!port) throw new ClosedError('The page is gone');
    const id = ++this.lastRequest;
    const result = await new Promise<PageResult>((resolve) => {
      this.waiting.set(id, resolve);
      port.postMessage({ ...request, id });
    });
    if (result.error !== null) throw new (result.closed ? ClosedError : Error)(result.error);
    return result.connection ?? 0;
  }

  /** @returns its port when it has one again, `null` when it is gone */
  private comesBack(): Promise<DocumentPort | null> {
    return this.removed ? Promise.resolve(null) : new Promise((resolve) => this.absent.push(resolve));
  }

  connected(port: DocumentPort): void {
    this.port = port;
    for (const resolve of this.absent.splice(0)) resolve(port);
  }

  /** It was taken out of the documents of the tab. */
  end(): void {
    this.removed = true;
    for (const resolve of this.absent.splice(0)) resolve(this.port);
  }

  answered(result: PageResult): void {
    this.waiting.get(result.id)?.(result);
    this.waiting.delete(result.id);
  }

  /** Ends what waits for an answer that will not come. @param closed whether that is because the page went away */
  abandon(closed: boolean): void {
    const error = closed ? 'The page went away' : 'The page was connected anew; it is not known whether this was done';
    for (const id of this.waiting.keys()) this.answered({ type: 'result', id, error, closed, connection: null });
  }
}

/** Documents that are gone of which is remembered what they said last. */
const MOST_PAST = 1000;

/** The documents of the inspected tab that are connected. */
export class Documents {
  private readonly byKey = new Map<string, RemoteDocument>();
  /** Newest batches of documents that are gone, and may say the last ones again, or come back. */
  private readonly past = new Map<string, number>();

  /**
   * @param events is told what happens
   * @param graceMs how long a document may be without a port before it counts as gone, in ms
   */
  constructor(
    private readonly events: DocumentEvents,
    private readonly graceMs: number,
  ) {}

  get size(): number {
    return this.byKey.size;
  }

  [Symbol.iterator](): Iterator<RemoteDocument> {
    return this.byKey.values();
  }

  get(key: string): RemoteDocument | undefined {
    return this.byKey.get(key);
  }

  /** Takes a port at which a document will say who it is. */
  accept(port: DocumentPort, frameId: number): void {
    let document: RemoteDocument | null = null;
    port.onMessage.addListener((value) => {
      const message = parseDocumentMessage(value);
      if (message?.type === 'document') document = this.greet(message, port, frameId);
      else if (message?.type === 'batch' && document) this.events.batch(document, message.sequence, message.buffer);
      else if (message?.type === 'result') document?.answered(message);
      else if (message?.type === 'leaving' && document) document.leaving = true;
    });
    port.onDisconnect.addListener(() => {
      if (document?.port !== port) return;
      const lost = document;
      lost.port = null;
      lost.abandon(true);
      if (this.graceMs === 0 || lost.leaving) this.remove(lost);
      else setTimeout(() => lost.port ?? this.remove(lost), this.graceMs);
    });
  }

  /** A navigation has replaced it: it is gone as soon as it has no port, and may still tell what it did. */
  replace(document: RemoteDocument): void {
    document.leaving = true;
    if (document.port === null) this.remove(document);
  }

  /** Takes a document out. */
  remove(document: RemoteDocument): void {
    if (this.byKey.get(document.key) !== document) return;
    this.byKey.delete(document.key);
    document.end();
    this.past.set(document.key, document.lastBatch);
    for (const [oldest] of this.past) if (this.past.size > MOST_PAST) this.past.delete(oldest);
    this.events.gone(document);
  }

  private greet(
    { key, url, ancestors, shownAt, left, off, late }: Extract<DocumentMessage, { type: 'document' }>,
    port: DocumentPort,
    frameId: number,
  ): RemoteDocument {
    const known = this.byKey.get(key);
    if (known) {
      known.abandon(false);
      known.connected(port);
      known.leaving = left;
      this.events.returned(known);
      return known;
    }
    const lastBatch = this.past.get(key);
    const document = new RemoteDocument(key, url, ancestors, frameId, port, shownAt, left, off, late, lastBatch);
    document.leaving = left;
    this.byKey.set(key, document);
    this.events.arrived(document);
    return document;
  }
}
