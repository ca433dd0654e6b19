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
/** The same where one is known to have been: what is kept for it would be lost. A busy machine needs seconds. */
const RETURN_AGAIN_MS = 30_000;

/**
 * Pairs the ports of documents with that of the recorder of their tab, and passes messages on as they are. Holds no
 * state that matters: when Firefox stops the background, both ends connect anew.
 */
export class Pairing {
  private readonly recorders = new Map<number, RecorderPort>();
  /** Tabs whose recorder has ended since the start: it does not come back. */
  private readonly ended = new Set<number>();
  /**
   * What frames say in tabs whose main document was told to connect and has not yet said who it is: the recorder clears what is from
   * before that.
   */
  private readonly expected = new Map<number, (() => void)[]>();
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
    this.ended.delete(tab);
    port.onMessage.addListener((message) => {
      if (!isForDocument(message)) return;
      const { document, event } = message as ToDocument;
      const target = recorder.documents.get(document);
      if (event === 'disconnect') target?.disconnect();
      else if (target) tell(target, (message as { message: unknown }).message);
    });
    port.onDisconnect.addListener(() => {
      if (this.recorders.get(tab) === recorder) {
        this.recorders.delete(tab);
        this.expected.delete(tab);
        this.ended.add(tab);
      }
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
    const tellRecorder = (message: FromDocument) => {
      const held = frameId === 0 ? undefined : this.expected.get(tab);
      if (held) held.push(() => tell(recorder.port, message));
      else tell(recorder.port, message);
      if (frameId === 0 && message.event !== 'connected') this.release(tab);
    };
    tellRecorder({ document, event: 'connected', frameId });
    port.onMessage.addListener((message) => tellRecorder({ document, event: 'message', message }));
    port.onDisconnect.addListener(() => {
      if (recorder.documents.delete(document)) tellRecorder({ document, event: 'disconnected' });
    });
  }

  private release(tab: number): void {
    const held = this.expected.get(tab) ?? [];
    this.expected.delete(tab);
    for (const deliver of held) deliver();
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
   * @param again whether it had a recorder before
   * @param now ms since the epoch
   */
  answer(tab: number, frameId: number, again: boolean, now: number): 'connect' | 'later' | null {
    if (this.recorders.has(tab)) {
      if (frameId === 0 && !this.expected.has(tab)) this.expected.set(tab, []);
      return 'connect';
    }
    if (this.ended.has(tab)) return null;
    return now < this.startedAt + (again ? RETURN_AGAIN_MS : RETURN_MS) ? 'later' : null;
  }
}

function tell(port: PairedPort, message: unknown): void {
  try {
    port.postMessage(message);
  } catch {
    // Firefox is taking the background down: both ends connect anew, and say again what was not answered.
  }
}
