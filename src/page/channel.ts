import * as native from './natives';

/** Passes batches and results to the content script, and its commands to the page script; unseen by the page. */
export interface Channel {
  /** A packed batch, or a result as JSON. */
  post(message: ArrayBuffer | string): void;
  listen(listener: (json: string) => void): void;
}

/** Type of the one event on `document` that hands the element over, before the page's first script. */
const GREETING = 'framescope:greeting';
const TO_CONTENT = 'content';
const TO_PAGE = 'page';

/**
 * Makes a detached element and hands it to the content script as the `relatedTarget` of an event. Whichever script
 * runs second finds the other: the content script greets with an empty event when it comes first or again.
 * The element is handed over once: what a page dispatches or listens to later gets nothing.
 */
export function openChannel(): Channel {
  const element: EventTarget = document.createElement('i');
  let handedOver = false;
  const handOver = () => {
    native.dispatchEvent(document, new MouseEvent(GREETING, { relatedTarget: element }));
  };
  // Told by the element itself, which only the content script can have.
  native.addEventListener(element, 'ready', () => {
    handedOver = true;
  });
  native.addEventListener(document, GREETING, (event) => {
    if (!handedOver && native.relatedTarget(event) === null) handOver();
  });
  handOver();
  return {
    post(message) {
      native.dispatchEvent(
        element,
        new native.CustomEvent(TO_CONTENT, { __proto__: null, detail: message } as CustomEventInit),
      );
    },
    listen(listener) {
      native.addEventListener(element, TO_PAGE, (event) => {
        const message = native.detail(event);
        if (typeof message === 'string') listener(message);
      });
    },
  };
}
