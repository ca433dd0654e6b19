import browser, { type Runtime } from 'webextension-polyfill';
import { isLeft, LeftPort } from '../core/messages/left';
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
      /** Main documents that have not yet said who they are: what is of their frames must not come before that. */
      const expected = new Set<Runtime.Port>();
      const held: (() => void)[] = [];
      const connect = ({ frameId = 0, documentId }: Sender) => {
        const options = { name: PORT_NAME, frameId, ...(documentId ? { documentId } : {}) };
        const port = browser.tabs.connect(tabId, options);
        // Read, or Chromium reports it as unchecked when a page goes into the back/forward cache.
        port.onDisconnect.addListener(() => void browser.runtime.lastError);
        accept(port as unknown as DocumentPort, frameId);
        if (frameId !== 0) return;
        expected.add(port);
        const here = () => {
          if (expected.delete(port) && expected.size === 0) for (const deliver of held.splice(0)) deliver();
        };
        port.onMessage.addListener(here);
        port.onDisconnect.addListener(here);
      };
      browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
        if (sender.tab?.id !== tabId) return undefined;
        if (isLeft(message)) {
          held.push(() => {
            const port = new LeftPort(message.messages);
            accept(port, sender.frameId ?? 0);
            port.deliver();
          });
          if (expected.size === 0) held.shift()!();
        }
        if (!isHere(message)) return undefined;
        if (expected.size > 0 && sender.frameId !== 0) held.push(() => connect(sender));
        else connect(sender);
        return Promise.resolve('coming');
      });
      // Fails where no document of the tab has a content script, which is then nothing to ask.
      browser.tabs.sendMessage(tabId, { framescope: 'where' }).catch(() => undefined);
    },
  };
}
