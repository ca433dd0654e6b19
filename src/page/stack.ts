import { hasBrand, isObject } from './data';
import * as native from './natives';

const sample = new native.Error();
/** V8 gives each error a `stack` of its own, with one accessor for all. */
const { get: getStack, set: setStack } = native.getOwnPropertyDescriptor(sample, 'stack') ?? {};
/** What each line of a stack in V8 has that is of this script: its address. */
const place = __V8__ ? native.split(native.split(sample.stack!, 'chrome-')[1], '.js')[0] : '';

/**
 * Takes our own calls out of the stack of an error that was thrown in the page's place, under `reduce` (see
 * `trampoline.ts`): the page sees the stack that it would see without us, as long as it allows. Only for V8.
 * @param args with what the page called us: code of the page may have run while they were converted
 */
export function hideOwnCalls(error: unknown, args: unknown[]): void {
  if (!('prepareStackTrace' in native.Error)) {
    // What is no error, and what the page has put in the place of its stack, is left alone.
    if (!native.isError(error) || native.getOwnPropertyDescriptor(error, 'stack')?.get !== getStack) return;
    const lines = native.split(`${native.apply(getStack!, error, [])}`, '\n');
    let first = 0;
    while (first < lines.length && native.split(lines[first], place).length === 1) first++;
    if (first === lines.length) return;
    if (native.split(lines[first - 1], '    at ').length > 1) {
      // Below calls of the page, or of the browser, are ours, and then again the page's.
      const outer = native.split(callStack()!, '\n');
      let whole = lines[0];
      for (let line = 1; line < lines.length && line - first + 1 < outer.length; line++)
        whole += `\n${line < first ? lines[line] : outer[line - first + 1]}`;
      native.apply(setStack!, error, [whole]);
      return;
    }
  } else if (!hasBrand(native.exceptionCode, error)) {
    // Reading the stack would call the page. It can be taken anew where no code of the page ran.
    for (let index = 0; index < args.length; index++) if (isObject(args[index])) return;
  }
  native.captureStackTrace(error as object, native.reduce);
}

/**
 * The calls that led to `reduce`, and so to a function of ours, as the browser prints them.
 * @returns `null` where V8 would call the page's `prepareStackTrace`
 */
export function callStack(): string | null {
  if ('prepareStackTrace' in native.Error) return null;
  const error = new native.Error();
  native.captureStackTrace(error, native.reduce);
  return error.stack ?? null;
}
