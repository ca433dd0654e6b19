import * as native from './natives';

const ownUrl = scriptUrl();

/**
 * The calls that led here, without those of this script.
 * @returns one call a line as the browser prints it, or `null` where taking it would run code of the page
 */
export function callStack(): string | null {
  // V8 calls a page's `prepareStackTrace` for every error whose stack is read.
  if (native.getOwnPropertyDescriptor(native.Error, 'prepareStackTrace')) return null;
  const { stack } = new native.Error();
  return typeof stack === 'string' ? withoutOwnCalls(stack, true) : null;
}

/**
 * Takes the calls of this script out of an error's stack, so that the page sees the stack it would see without us.
 * @param error what was thrown by a native function that this script called in the page's place
 */
export function hideOwnCalls(error: unknown): void {
  if (typeof error !== 'object' || error === null || ownUrl === '') return;
  const descriptor = native.getOwnPropertyDescriptor(error, 'stack');
  if (!descriptor) return;
  if (typeof descriptor.value === 'string') {
    native.defineProperty(error, 'stack', {
      __proto__: null,
      value: withoutOwnCalls(descriptor.value, false),
    } as PropertyDescriptor);
  } else if (descriptor.get && descriptor.set) {
    const stack: unknown = native.apply(descriptor.get, error, []);
    if (typeof stack === 'string') native.apply(descriptor.set, error, [withoutOwnCalls(stack, false)]);
  }
}

function withoutOwnCalls(stack: string, callsOnly: boolean): string {
  let kept = '';
  let from = 0;
  for (let first = true; from < stack.length; first = false) {
    const newline = native.indexOf(stack, '\n', from);
    const to = newline < 0 ? stack.length : newline;
    const line = native.slice(stack, from, to);
    from = to + 1;
    // V8's first line is the error itself.
    if (native.indexOf(line, ownUrl) >= 0 || (callsOnly && first && line === 'Error')) continue;
    kept += kept === '' ? line : `\n${line}`;
  }
  return kept;
}

/** The URL that this script has in stacks, found in one of its own; empty if it cannot be found. */
function scriptUrl(): string {
  const found = /\S*(?:chrome|moz)-extension:\/\/[^\s()]+?(?=:\d+:\d+)/.exec(new Error().stack ?? '');
  return found ? found[0].slice(found[0].search(/(?:chrome|moz)-extension:/)) : '';
}
