import { isWhere, PORT_NAME } from '../core/messages/port';
import { Bridge, type Port } from './bridge';
import { openPageChannel, type PageChannel } from './channel';
import { documentMessage } from './document';

// The polyfill would be parsed in every frame of every page; both browsers give promises here.
const { runtime } = (globalThis as { browser?: typeof chrome }).browser ?? chrome;
/** Shared with public/scripts/off.js, which runs before or after this script where Framescope is switched off. */
const world = globalThis as { framescopeIsOff?: boolean; framescopeOff?: () => void };

/** Firefox's background has just started: its recorders may come back, and what waits for them is kept meanwhile. */
const ASK_AGAIN_MS = 2500;

const page = openPageChannel();
if (page) {
  world.framescopeOff = () => {
    world.framescopeIsOff = true;
    page.post(JSON.stringify({ type: 'off' }));
  };
  if (world.framescopeIsOff) world.framescopeOff();
  else run(page);
}

function run(page: PageChannel): void {
  const bridge = new Bridge(page, () => announce());

  /** Not `setTimeout`, whose numbers the page shares and could count. */
  const later = () => AbortSignal.timeout(ASK_AGAIN_MS).addEventListener('abort', () => announce());

  /** Says that the document is there. The recorder of this tab, if there is one, answers and connects. */
  const announce = async () => {
    const answer = await ask();
    if (world.framescopeIsOff) return;
    if (answer === 'connect') bridge.connect(runtime.connect({ name: PORT_NAME }) as Port, documentMessage());
    else if (answer === 'later') later();
    else if (answer !== 'coming' && !bridge.connected) bridge.release();
  };

  runtime.onConnect.addListener((port) => {
    // Read, or Chromium reports it as unchecked when the page goes into the back/forward cache.
    port.onDisconnect.addListener(() => void runtime.lastError);
    if (port.name === PORT_NAME && !world.framescopeIsOff) bridge.connect(port as Port, documentMessage());
  });
  runtime.onMessage.addListener((message: unknown) => {
    if (isWhere(message)) announce();
  });
  addEventListener('pagehide', () => bridge.flush());
  // Ports do not survive the back/forward cache.
  addEventListener('pageshow', (event) => {
    if (event.persisted) announce();
  });
  // A turn later, so that the script that switches off has its say.
  queueMicrotask(announce);
}

async function ask(): Promise<unknown> {
  if (world.framescopeIsOff) return null;
  try {
    return await runtime.sendMessage({ framescope: 'here' });
  } catch {
    // No extension page is open, so no DevTools either; or the extension was removed meanwhile.
    return null;
  }
}
