import { chromium, type Page } from 'playwright';
import WebSocket from 'ws';
import { patience } from '../poll';

/**
 * Gives one target of a running Chromium as a Playwright page. Playwright itself attaches to every target, and its
 * network and focus emulation would then weigh on the inspected page too; so its one request to attach to all is sent
 * on as a request to attach to this one.
 */
export async function attachPlaywright(browser: BrowserAddress, targetId: string): Promise<Page> {
  const socket = new WebSocket(browser.endpoint, { perMessageDeflate: false, maxPayload: 0 });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const transport: Transport = {
    send: (message) => socket.send(JSON.stringify(narrowed(message as Command, targetId))),
    close: () => socket.close(),
  };
  // One message a task: Playwright counts on the promises of one being settled before the next arrives.
  socket.on('message', (data) => setImmediate(() => transport.onmessage?.(JSON.parse(data.toString()) as object)));
  socket.on('close', () => setImmediate(() => transport.onclose?.()));
  const connection = await chromium.connectOverCDP(transport, { artifactsDir: browser.artifactsDir, isLocal: true });
  const page = connection.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error(`Target ${targetId} is not a page`);
  page.setDefaultTimeout(patience);
  page.once('close', () => socket.close());
  return page;
}

export interface BrowserAddress {
  /** The browser's DevTools address, `ws://…`. */
  endpoint: string;
  /** Where downloads go: the same for all pages of a browser, which saves them to the folder named last. */
  artifactsDir: string;
}

interface Command {
  id: number;
  method: string;
  sessionId?: string;
}

interface Transport {
  send(message: object): void;
  close(): void;
  onmessage?: (message: object) => void;
  onclose?: (reason?: string) => void;
}

function narrowed(command: Command, targetId: string): object {
  if (command.method !== 'Target.setAutoAttach' || command.sessionId !== undefined) return command;
  return { id: command.id, method: 'Target.attachToTarget', params: { targetId, flatten: true } };
}
