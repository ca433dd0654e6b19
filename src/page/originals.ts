import * as native from './natives';

/** Type of the event by which the script of a frame asks that of the window around it. */
const ASKING = 'framescope:realm';

interface Asking {
  __proto__: null;
  document: Document;
  originals?: WeakMap<object, object>;
}

let originals = new native.WeakMap<object, object>();

/** The native function behind one that took its place, in this or any other window of the same origin. */
export const originalOf = (replacement: object) => native.mapGet(originals, replacement) as never;

export const rememberOriginal = (replacement: object, original: object) =>
  native.mapSet(originals, replacement, original);

/**
 * Windows of one origin share what they know, or `Function.prototype.toString` of a frame would tell of the functions
 * of the window around it. A frame asks before any script of its own can run, and each document once: what a page asks
 * is not answered. Nobody else hears it, because this script's listener is the first, and stops it. They meet at the `performance`
 * of the window around: from the window itself `document.open()` would take the listener away.
 */
export function shareOriginals(): void {
  const answered = new native.WeakMap<object, boolean>();
  const answer = (event: Event) => {
    try {
      const asking = native.detail(event) as Asking;
      const { document } = asking;
      if (native.parentOf(native.viewOf(document)!) !== window || native.mapGet(answered, document)) return;
      native.mapSet(answered, document, true);
      native.stopEvent(event);
      asking.originals = originals;
    } catch {
      // Of another origin or of the page: no answer.
    }
  };
  const asking: Asking = { __proto__: null, document };
  try {
    // Capturing, or a listener of the page that captures would hear it first.
    native.addEventListener(native.performanceOf(window), ASKING, answer, true);
    native.dispatchEvent(native.performanceOf(parent), new CustomEvent(ASKING, { detail: asking }));
  } catch {
    // The window around is of another origin.
  }
  originals = asking.originals ?? originals;
}
