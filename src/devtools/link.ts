import browser, { type Runtime } from 'webextension-polyfill';
import { isHere, PORT_NAME } from '../core/messages/port';
import type { DocumentPort } from './documents';

/** How the recorder reaches the documents of its tab. */
export interface Link {
  /** Asks all documents of the tab to connect, and takes those that come later. */
  open(accept: (port: DocumentPort, frameId: number) => void): void;
  /** How long a document may be unreachable before it is gone, in ms. */
  graceMs: number;
}

type Sender = Runtime.MessageSender & { documentId?: string };

/** Chromium: the devtools page connects to each document itself. */
export function directLink(tabId: number): Link {
  return {
    graceMs: 0,
    open(accept) {
      const connect = ({ frameId = 0, documentId }: Sender) => {
        const options = { name: PORT_NAME, frameId, ...(documentId ? { documentId } : {}) };
        const port = browser.tabs.connect(tabId, options);
        // Read, or Chromium reports it as unchecked when a page goes into the back/forward cache.
        port.onDisconnect.addListener(() => void browser.runtime.lastError);
        accept(port as unknown as DocumentPort, frameId);
      };
      browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
        if (!isHere(message) || sender.tab?.id !== tabId) return undefined;
        connect(sender);
        return Promise.resolve('coming');
      });
      // Fails where no document of the tab has a content script, which is then nothing to ask.
      browser.tabs.sendMessage(tabId, { framescope: 'where' }).catch(() => undefined);
    },
  };
}
