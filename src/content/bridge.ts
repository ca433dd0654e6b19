import { HEADER } from '../core/batch/layout';
import { parsePageResult } from '../core/messages/page';
import type { DocumentMessage, RecorderMessage } from '../core/messages/port';
import type { PageChannel } from './channel';

/** What the bridge needs of a runtime port. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

/**
 * Passes batches from the page script to the recorder unchanged, and commands the other way. Batches are kept until the
 * recorder has answered them: a port that breaks (Firefox stops its background page) loses none.
 */
export class Bridge {
  private port: Port | null = null;
  private unanswered: { sequence: number; buffer: ArrayBuffer }[] = [];

  /** @param lost is told when the recorder's port went away */
  constructor(
    private readonly page: PageChannel,
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
    before?.disconnect();
    port.onMessage.addListener((message) => this.fromRecorder(message as RecorderMessage));
    port.onDisconnect.addListener(() => {
      if (this.port !== port) return;
      this.port = null;
      this.lost();
    });
    port.postMessage(document);
    for (const batch of this.unanswered) port.postMessage({ type: 'batch', ...batch });
  }

  /** Nobody records: the page script goes back to its ring. */
  release(): void {
    this.unanswered = [];
    this.command({ type: 'stop' });
  }

  /** Sends what the page script holds back, before the document goes away. */
  flush(): void {
    if (this.port) this.command({ type: 'flush' });
  }

  private fromPage(message: unknown): void {
    if (typeof message === 'string') {
      const result = parsePageResult(message);
      if (result) this.port?.postMessage(result);
      return;
    }
    const buffer = message as ArrayBuffer;
    const sequence = new DataView(buffer).getUint32(HEADER.sequence, true);
    this.unanswered.push({ sequence, buffer });
    this.port?.postMessage({ type: 'batch', sequence, buffer });
  }

  private fromRecorder(message: RecorderMessage): void {
    if (message.type === 'ack') this.unanswered = this.unanswered.filter((batch) => batch.sequence > message.sequence);
    this.command(message);
  }

  private command(message: RecorderMessage): void {
    this.page.post(JSON.stringify(message));
  }
}
