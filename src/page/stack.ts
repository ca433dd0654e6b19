import { hasBrand, isObject } from './data';
import * as native from './natives';
import type { AnyFunction } from './patch';

/**
 * Takes our own calls out of the stack of an error that a native function threw in the page's place: the page sees
 * the stack that it would see without us, as long as it allows, formatted when it asks.
 * @param above the function of ours that was called by the page
 * @param args with what it was called: what code of the page threw while they were converted is left alone
 */
export function hideOwnCalls(error: unknown, above: AnyFunction, args: unknown[]): void {
  if (!hasBrand(native.exceptionCode, error)) {
    for (let index = 0; index < args.length; index++) if (isObject(args[index])) return;
  }
  native.captureStackTrace?.(error as object, above);
}

/**
 * The calls that led to a function of ours, as the browser prints them.
 * @param above the function of ours that was called by the page
 * @returns `null` where V8 would call the page's `prepareStackTrace`
 */
export function callStack(above: AnyFunction): string | null {
  if ('prepareStackTrace' in native.Error) return null;
  const error = new native.Error();
  native.captureStackTrace?.(error, above);
  return error.stack ?? null;
}
