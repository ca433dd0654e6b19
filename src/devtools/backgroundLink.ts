import browser, { type Runtime } from 'webextension-polyfill';
import { type FromDocument, isForDocument, RECORDER_PORT, type ToDocument } from '../core/messages/background';
import type { DocumentPort } from './documents';
import type { Link } from './link';

/**
 * Firefox stops its background page whenever it is idle: documents that did not say that they are being left come back
 * within this time, in ms. On a busy machine that takes seconds.
 */
const GRACE_MS = 30_000;

/** Firefox: content scripts reach a background only, which pairs their ports with ours (src/background). */
export function backgroundLink(tabId: number): Link {
  return {
    graceMs: GRACE_MS,
    open(accept) {
      const connect = () => {
        const port = browser.runtime.connect({ name: `${RECORDER_PORT}${tabId}` });
        const documents = new Map<number, DocumentEnd>();
        port.onMessage.addListener((message) => {
          if (!isForDocument(message)) return;
          const { document } = message;
          const event = message as FromDocument;
          if (event.event === 'connected') {
            const end = new DocumentEnd(document, port);
            documents.set(document, end);
            accept(end, event.frameId);
          } else if (event.event === 'message') {
            documents.get(document)?.received(event.message);
          } else {
            documents.get(document)?.ended();
            documents.delete(document);
          }
        });
        port.onDisconnect.addListener(() => {
          for (const end of documents.values()) end.ended();
          connect();
        });
      };
      connect();
    },
  };
}

/** Our end of one document's port, over the one port to the background. */
class DocumentEnd implements DocumentPort {
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly endListeners: (() => void)[] = [];
  readonly onMessage = {
    addListener: (listener: (message: unknown) => void) => void this.messageListeners.push(listener),
  };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.endListeners.push(listener) };

  constructor(
    private readonly document: number,
    private readonly port: Runtime.Port,
  ) {}

  postMessage(message: unknown): void {
    this.tell({ document: this.document, event: 'message', message });
  }

  disconnect(): void {
    this.tell({ document: this.document, event: 'disconnect' });
  }

  received(message: unknown): void {
    for (const listener of this.messageListeners) listener(message);
  }

  ended(): void {
    for (const listener of this.endListeners) listener();
  }

  private tell(message: ToDocument): void {
    this.port.postMessage(message);
  }
}
