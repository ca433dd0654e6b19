import { type FromDocument, isForDocument, RECORDER_PORT, type ToDocument } from '../core/messages/background';
import type { LeftPort } from '../core/messages/left';

/** What pairing needs of a runtime port. */
export interface PairedPort {
  name: string;
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

interface RecorderPort {
  port: PairedPort;
  documents: Map<number, PairedPort>;
}

/** Documents of which is kept what they left. */
const MOST_EARLY = 20;

/** How long after a start recorders may take to come back, in ms. */
const RETURN_MS = 2000;

/**
 * Pairs the ports of documents with that of the recorder of their tab, and passes messages on as they are. Holds no
 * state that matters: when Firefox stops the background, both ends connect anew.
 */
export class Pairing {
  private readonly recorders = new Map<number, RecorderPort>();
  private lastDocument = 0;
  /** What documents left that went away before the recorder of their tab was back. */
  private early: { tab: number; frameId: number; port: LeftPort }[] = [];

  /** @param startedAt when the background started, ms since the epoch */
  constructor(private readonly startedAt: number) {}

  /** @returns the tab whose recorder the port belongs to, or `null` if it is none */
  static tabOf(port: PairedPort): number | null {
    return port.name.startsWith(RECORDER_PORT) ? Number(port.name.slice(RECORDER_PORT.length)) : null;
  }

  addRecorder(tab: number, port: PairedPort): void {
    const recorder: RecorderPort = { port, documents: new Map() };
    this.recorders.set(tab, recorder);
    port.onMessage.addListener((message) => {
      if (!isForDocument(message)) return;
      const { document, event } = message as ToDocument;
      const target = recorder.documents.get(document);
      if (event === 'disconnect') target?.disconnect();
      else target?.postMessage((message as { message: unknown }).message);
    });
    port.onDisconnect.addListener(() => {
      if (this.recorders.get(tab) === recorder) this.recorders.delete(tab);
      for (const document of recorder.documents.values()) document.disconnect();
    });
    const mine = this.early.filter((one) => one.tab === tab);
    this.early = this.early.filter((one) => one.tab !== tab);
    for (const { frameId, port } of mine) this.addLeft(tab, frameId, port, 0);
  }

  /** A document's port. Without a recorder of its tab it is closed at once. */
  addDocument(tab: number, frameId: number, port: PairedPort): void {
    const recorder = this.recorders.get(tab);
    if (!recorder) {
      port.disconnect();
      return;
    }
    const document = ++this.lastDocument;
    recorder.documents.set(document, port);
    const tell = (message: FromDocument) => recorder.port.postMessage(message);
    tell({ document, event: 'connected', frameId });
    port.onMessage.addListener((message) => tell({ document, event: 'message', message }));
    port.onDisconnect.addListener(() => {
      if (recorder.documents.delete(document)) tell({ document, event: 'disconnected' });
    });
  }

  /**
   * What a document left that is gone. Kept for a recorder that may come back, shortly after a start.
   * @param now ms since the epoch
   */
  addLeft(tab: number, frameId: number, port: LeftPort, now: number): void {
    if (!this.recorders.has(tab)) {
      this.early = now < this.startedAt + RETURN_MS ? [...this.early, { tab, frameId, port }].slice(-MOST_EARLY) : [];
      return;
    }
    this.addDocument(tab, frameId, port);
    port.deliver();
  }

  /**
   * What a document is to do that asks for the recorder of its tab: `connect` to it, ask again `later` (shortly after a
   * start, when recorders come back one by one), or nothing.
   * @param now ms since the epoch
   */
  answer(tab: number, now: number): 'connect' | 'later' | null {
    if (this.recorders.has(tab)) return 'connect';
    return now < this.startedAt + RETURN_MS ? 'later' : null;
  }
}
