import type { LeftMessage } from '../core/messages/left';
import { type HereMessage, isWhere, PORT_NAME } from '../core/messages/port';
import { WIDE_RING } from '../core/messages/ring';
import { Bridge, type Port } from './bridge';
import { openPageChannel, type PageChannel } from './channel';
import { documentMessage, shownAgain } from './document';
import { toMessage } from './queue';
import { storedRing } from './storedRing';

/**
 * To ask for it makes Chromium prepare all of it, so only documents do that are of interest. The polyfill would be
 * parsed in every frame of every page; both browsers give promises there.
 */
let browser: typeof chrome;
let runtime: typeof chrome.runtime;
/** Shared with public/scripts/off.js, which runs before or after this script where Framescope is switched off. */
const world = globalThis as { framescopeIsOff?: boolean; framescopeOff?: () => void };

/** Firefox's background has just started: its recorders may come back, and what waits for them is kept meanwhile. */
const ASK_AGAIN_MS = 2500;
/** Firefox: a background that is going down may answer that nobody records, or not at all. Asked so often, so far apart. */
const DOUBTS = 2;
const DOUBT_MS = 250;

const page = openPageChannel();
if (page) {
  world.framescopeOff = () => {
    world.framescopeIsOff = true;
    page.post(JSON.stringify({ type: 'off' }));
  };
  if (world.framescopeIsOff) world.framescopeOff();
  // A page where Framescope is off is left alone, but the recorder is told that it is there.
  run({
    post: (json) => {
      if (!world.framescopeIsOff) page.post(json);
    },
    listen: page.listen,
  });
}

function run(page: PageChannel): void {
  let begun = false;
  /** Whether what is recorded is kept for a recorder. */
  let again = false;
  /** Times in a row that nobody was said to record. */
  let doubts = 0;
  /** Over when the page script was told what to keep. */
  let ring: Promise<void> | null = null;
  const bridge = new Bridge(
    {
      post: page.post,
      listen: (listener) =>
        page.listen((message) => {
          watch();
          listener(message);
        }),
    },
    () => {
      begin();
      ring ??= keepRing();
    },
    () => announce(),
  );

  /** Not `setTimeout`, whose numbers the page shares and could count. The recorder may have come meanwhile, and asked for the document. */
  const later = (ms: number) =>
    AbortSignal.timeout(ms).addEventListener('abort', () => {
      if (!bridge.connected) announce();
    });

  /** Says that the document is there. The recorder of this tab, if there is one, answers and connects. */
  const announce = async () => {
    const answer = await tell({ framescope: 'here', again });
    if (answer === 'connect') connect(runtime.connect({ name: PORT_NAME }) as Port);
    else if (answer === 'later') {
      doubts = 0;
      later(ASK_AGAIN_MS);
    } else if (answer !== 'coming' && !bridge.connected) {
      // What is recorded would be lost.
      if (again && 'getBrowserInfo' in runtime && doubts++ < DOUBTS) {
        later(DOUBT_MS);
        return;
      }
      await ring;
      if (bridge.connected) return;
      again = false;
      bridge.release();
    }
  };

  /** The page has its first socket: all is kept until the browser has looked up what the user wants to be kept. */
  const keepRing = async () => {
    bridge.keep(WIDE_RING);
    bridge.keep(await storedRing(browser.storage));
  };

  const connect = (port: Port) => {
    again = true;
    doubts = 0;
    bridge.connect(port, documentMessage(false, world.framescopeIsOff === true));
  };

  const leave = ({ persisted }: PageTransitionEvent) =>
    bridge.leave((batches) => {
      // The port of a page that the browser keeps is closed at some time on its way.
      if (batches.length === 0 || world.framescopeIsOff || (bridge.connected && !persisted)) return;
      const messages = [documentMessage(true, false), ...batches.map(toMessage)];
      tell({ framescope: 'left', messages } satisfies LeftMessage);
    });

  const back = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    shownAgain();
    bridge.back();
    // Ports do not survive the back/forward cache.
    announce();
  };

  /** With each message of the page script: `document.open()` takes the listeners away. There is never more than one of each. */
  const watch = () => {
    if (!begun) return;
    addEventListener('pagehide', leave);
    addEventListener('pageshow', back);
  };

  const begin = () => {
    if (begun) return;
    begun = true;
    browser = (globalThis as { browser?: typeof chrome }).browser ?? chrome;
    runtime = browser.runtime;
    runtime.onConnect.addListener((port) => {
      // Read, or Chromium reports it as unchecked when the page goes into the back/forward cache.
      port.onDisconnect.addListener(() => void runtime.lastError);
      if (port.name === PORT_NAME) connect(port as Port);
    });
    runtime.onMessage.addListener((message: unknown) => {
      if (isWhere(message)) announce();
    });
    watch();
    announce();
  };

  // A frame is of no interest before it opens a socket, and most never do: what this costs is paid in each of them.
  // The recorder follows the tab by its main document. A turn later, so that the script that switches off has its say.
  if (window === window.top) queueMicrotask(begin);
}

async function tell(message: HereMessage | LeftMessage): Promise<unknown> {
  try {
    return await runtime.sendMessage(message);
  } catch {
    // No extension page is open, so no DevTools either; or the extension was removed meanwhile.
    return null;
  }
}
