/** The content script's end of the private channel to the page script (src/page/channel.ts). */
export interface PageChannel {
  /** Passes a command on, as JSON. */
  post(json: string): void;
  /** Batches (`ArrayBuffer`) and results (JSON) of the page script. */
  listen(listener: (message: unknown) => void): void;
}

const GREETING = 'framescope:greeting';

/**
 * Finds the page script's element.
 * @returns `null` when no page script answers: the document was there before the extension
 */
export function openPageChannel(): PageChannel | null {
  let element: EventTarget | null = null;
  const accept = (event: Event) => {
    // Not `instanceof MouseEvent`: in Firefox the event is of another realm.
    element ??= (event as MouseEvent).relatedTarget ?? null;
  };
  document.addEventListener(GREETING, accept);
  document.dispatchEvent(new MouseEvent(GREETING));
  document.removeEventListener(GREETING, accept);
  const found = element as EventTarget | null;
  if (!found) return null;
  return {
    post: (json) => found.dispatchEvent(new CustomEvent('page', { detail: json })),
    listen: (listener) =>
      found.addEventListener('content', (event) => listener((event as CustomEvent<unknown>).detail)),
  };
}
