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

/** @returns what `Function.prototype.toString` is to be called on in the place of an object on which a page calls it */
export function behind(receiver: object): object {
  const original = originalOf(receiver) as object | undefined;
  if (!__V8__ || original || typeof receiver === 'function') return original ?? receiver;
  // It is refused. V8 names it by what it inherits from, but not beyond a proxy.
  try {
    for (let one: object | null = receiver; one; one = native.getPrototypeOf(one)) {
      const named = originalOf(one);
      if (named) return { __proto__: named } as object;
    }
  } catch {
    // A proxy of the page does not tell.
  }
  return receiver;
}

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
