import type { DocumentMessage } from '../core/messages/port';

/** Made when it is first needed: most frames never open a socket. */
let key = '';

/** Not `randomUUID`: pages without a secure context lack it. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/**
 * When the document was last shown, ms since the epoch: when it was made, or came back from the back/forward cache.
 * By the clock of the system, which all processes of the browser share.
 */
let shownAt = Date.now();

/** The extension was installed, updated or switched on after the page had loaded. A new `about:blank` is whole from the start. */
const late = document.readyState !== 'loading' && location.protocol !== 'about:';

/** Takes note that the document came back from the back/forward cache. */
export function shownAgain(): void {
  shownAt = Date.now();
}

/**
 * @param left whether it goes away
 * @param off whether it was left as it is, without the patch
 * @returns who this document is, for the recorder
 */
export function documentMessage(left: boolean, off: boolean): Extract<DocumentMessage, { type: 'document' }> {
  key ||= newKey();
  return {
    type: 'document',
    key,
    url: location.href,
    ancestors: ancestorUrls(),
    shownAt,
    left,
    off,
    late,
  };
}

/** URLs of the enclosing frames, innermost first; only the origin of those of other origins. */
function ancestorUrls(): string[] {
  const urls: string[] = [];
  const origins = location.ancestorOrigins;
  for (let frame: Window = window, depth = 0; frame !== window.top && depth < 100; depth++) {
    frame = frame.parent;
    urls.push(urlOf(frame) ?? origins?.[depth] ?? 'another origin');
  }
  return urls;
}

function urlOf(frame: Window): string | null {
  try {
    return frame.location.href;
  } catch {
    // Of another origin: its URL is not ours to read.
    return null;
  }
}
