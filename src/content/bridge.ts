import { type PageCommand, parsePageAnswer, type ToPage } from '../core/messages/page';
import type { DocumentMessage, RecorderMessage } from '../core/messages/port';
import type { RingPolicy } from '../core/messages/recorder';
import type { PageChannel } from './channel';
import { createClockCheck } from './clock';
import { toPage, toResult } from './page-words';
import { BatchQueue, type Queued, toMessage } from './queue';

/** What the bridge needs of a runtime port. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

/** Passes batches from the page script to the recorder unchanged, as fast as they are stored, and commands the other way. */
export class Bridge {
  private port: Port | null = null;
  private readonly queue = new BatchQueue();
  /** Whether the page script was told what to do with what it sees. */
  private decided = false;
  /** While the document goes away. */
  private left: ((batches: Queued[]) => void) | null = null;
  /** Questions that are answered when all batches up to a number were stored. */
  private settling: { id: number; sequence: number }[] = [];
  private readonly checkClock = createClockCheck(
    () => Date.now(),
    () => performance.timeOrigin + performance.now(),
    (ms) => this.post({ type: 'clock', ms }),
  );

  /**
   * @param opened is told when the page opens a socket and nobody records, and of all that happens while that is not known
   * @param lost is told when the recorder's port went away
   */
  constructor(
    private readonly page: PageChannel,
    private readonly opened: () => void,
    private readonly lost: () => void,
  ) {
    page.listen((message) => this.fromPage(message));
  }

  get connected(): boolean {
    return this.port !== null;
  }

  /** Takes a port to the recorder, in place of the one before, if any. */
  connect(port: Port, document: Extract<DocumentMessage, { type: 'document' }>): void {
    const before = this.port;
    this.port = port;
    this.settling = [];
    port.onMessage.addListener((message) => {
      if (this.port === port) this.fromRecorder(message as RecorderMessage);
    });
    port.onDisconnect.addListener(() => {
      if (this.port !== port) return;
      this.port = null;
      this.lost();
    });
    this.tell(document);
    this.queue.rewind();
    this.send();
    // Not before the recorder was told of the new one, or the document would be gone for it.
    before?.disconnect();
  }

  /** What the page script is to keep while nobody records. */
  keep(policy: RingPolicy): void {
    this.command({ type: 'ring', policy });
  }

  /** Nobody records: the page script goes back to its ring. */
  release(): void {
    this.command({ type: 'stop' });
    this.queue.clear();
  }

  /**
   * Sends what the page script holds back, before the document goes away, and whatever comes until then.
   * @param left takes batches of which it is not known whether they arrive
   */
  leave(left: (batches: Queued[]) => void): void {
    if (!this.decided) this.command({ type: 'start', ring: true, stacks: false });
    this.command({ type: 'flush', parts: true });
    this.sendAll();
    this.tell({ type: 'leaving' });
    left(this.queue.open);
    this.left = left;
    // Listeners of the page, which may run after this, can still send.
    this.command({ type: 'pull' });
  }

  /** The document that went away is back, from the back/forward cache. Whoever records now has forgotten its connections. */
  back(): void {
    this.left = null;
    this.command({ type: 'stop', wait: true });
    this.decided = false;
  }

  private fromPage(message: unknown): void {
    if (message === '') {
      this.opened();
    } else if (typeof message === 'string') {
      const answer = parsePageAnswer(message);
      if (answer) this.tell(toResult(answer));
    } else {
      this.checkClock();
      this.queue.add(message as ArrayBuffer);
      if (this.left) {
        this.sendAll();
        this.left(this.queue.open.slice(-1));
      } else {
        this.send();
      }
    }
  }

  private fromRecorder(message: RecorderMessage): void {
    if (message.type === 'ack') {
      this.queue.answered(message.sequence);
      this.send();
      this.settle();
      if (this.queue.idle) this.command({ type: 'pull' });
    } else if (message.type === 'settle') {
      // What large payloads wait there would not find room here.
      this.command({ type: 'flush', parts: false });
      this.settling.push({ id: message.id, sequence: this.queue.open.at(-1)?.sequence ?? 0 });
      this.settle();
    } else {
      this.command(message);
    }
  }

  private settle(): void {
    const first = this.queue.open[0]?.sequence ?? Number.POSITIVE_INFINITY;
    const answers = this.settling.filter(({ sequence }) => sequence < first);
    this.settling = this.settling.filter(({ sequence }) => sequence >= first);
    for (const { id } of answers) this.tell({ type: 'result', id, error: null, closed: false, connection: null });
  }

  private sendAll(): void {
    if (this.port) for (const batch of this.queue.takeWaiting()) this.tell(toMessage(batch));
  }

  private send(): void {
    if (!this.port) return;
    for (let batch = this.queue.next(); batch; batch = this.queue.next()) this.tell(toMessage(batch));
  }

  private tell(message: DocumentMessage): void {
    try {
      this.port?.postMessage(message);
    } catch {
      // The extension was updated or switched off, of which this script is told in no other way: nobody records any more.
      this.port = null;
      this.release();
    }
  }

  private command(command: PageCommand): void {
    if (command.type === 'start' || command.type === 'stop') this.decided = true;
    this.post(toPage(command));
  }

  private post(command: ToPage): void {
    this.page.post(JSON.stringify(command));
  }
}
