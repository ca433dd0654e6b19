import * as native from './natives';

/** Type of the events on `document` by which the element is asked for and handed over, before the page's first script. */
const GREETING = 'framescope:greeting';

/**
 * Passes batches and results to the content script, and its commands to the page script; unseen by the page. It is a
 * detached element, which the content script, that runs second, asks for with an event and gets as the `relatedTarget`
 * of another. It is handed over once: what a page dispatches or listens to later gets nothing.
 * @param ready is told when the content script is there
 * @param listen takes commands as JSON
 * @returns passes on a packed batch, or a result as JSON
 */
export function openChannel(
  ready: () => void,
  listen: (json: string) => void,
): (message: ArrayBuffer | string) => void {
  let element: EventTarget | null = null;
  native.addEventListener(document, GREETING, () => {
    if (element) return;
    element = document.createElement('i');
    native.addEventListener(element, 'page', (event) => listen(native.detail(event) as string));
    ready();
    native.dispatchEvent(document, new MouseEvent(GREETING, { relatedTarget: element }));
  });
  return (detail) => {
    if (!element) return;
    native.dispatchEvent(element, new native.CustomEvent('content', { __proto__: null, detail } as CustomEventInit));
  };
}
