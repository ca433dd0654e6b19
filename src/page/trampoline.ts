import * as native from './natives';
import { hideOwnCalls } from './stack';

/** A call of a native function, for the browser to make; its members inherit nothing. */
export interface Call {
  run: native.AnyFunction;
  receiver: unknown;
  args: unknown[];
  /**
   * Told what came of it. In Firefox it is not told of what failed.
   * @returns the call that is to follow, if one is; the page is given the result of the last
   */
  done?: ((result: never, failed: boolean) => unknown) | undefined;
}

/** @returns a call of `run` on `receiver`, with `args`, after which `done` is told */
export const callOf = (run: unknown, receiver: unknown, args: unknown[], done?: Call['done']): Call =>
  ({ __proto__: null, run, receiver, args, done }) as never;

/** What the browser calls next: read, and then forgotten, right before it does. */
let next: Call | null = null;
const callNext = native.bind(native.applyTo, native.uncurryThis(native.applyTo), undefined, {
  __proto__: null,
  length: 3,
  get 0() {
    return next?.run;
  },
  get 1() {
    return next?.receiver;
  },
  get 2() {
    const args = next?.args;
    next = null;
    return args;
  },
} as never);

/** Those that are there are taken one after the other, and what is taken is the result of a call. */
const steps: Record<number, unknown> & object = { __proto__: null, length: 3, 0: null } as never;

function follow(step: number, call: Call | null | undefined): void {
  if (call) {
    next = call;
    native.defineProperty(steps, step, { __proto__: null, configurable: true, get: callNext } as PropertyDescriptor);
  } else if (step in steps) {
    delete steps[step];
  }
}

/**
 * Makes a trap of a proxy under which no call of ours is on the stack while a native function is called, or an error
 * thrown, in the place of the page's call. The page's call leads through native functions alone: `reduce` first
 * calls our function, which returns what to call, and then takes the next step, a property whose getter is
 * that call.
 *
 * Firefox shows nothing of such functions in a stack, wherever it is taken. V8 has a line for `reduce`: there a function is
 * called by ours, and only what it throws, with its stack put right, is thrown without us: whoever is told of an error that
 * nobody catches is told the place of the page's call.
 * @param begin is called with what a trap is called with, the function itself left out: receiver and arguments, or arguments
 * and `newTarget`
 * @param args which of the two the arguments are
 */
export function trampoline(begin: (one: never, two: never) => Call, args: 0 | 1): native.AnyFunction {
  const step = __V8__
    ? (state: never, _: unknown) => {
        let call: Call | undefined;
        try {
          call = begin(state[0], state[1]);
          const result = native.apply(call.run, call.receiver, call.args as never) as never;
          call.done?.(result, false);
          // Code of the page, run meanwhile, may have called a function of ours that threw.
          delete steps[1];
          return result;
        } catch (error) {
          call?.done?.(undefined as never, true);
          hideOwnCalls(error, state[args]);
          // In its place `abort` would take an error of its own.
          if (error === undefined) throw error;
          follow(1, callOf(native.throwIfAborted, native.abort(error), []));
        }
      }
    : (state: never, result: never, index: number) => {
        const call = (index ? (state as Call).done?.(result, false) : begin(state[0], state[1])) as Call | undefined;
        follow(index + 1, call);
        return call ?? result;
      };
  const run = native.bind(native.reduce, steps, step);
  // Called with three arguments it passes on the last: calling `call` leaves out the first.
  const withLast = native.bind(native.call, native.bind(native.call, run));
  // A proxy is what makes one list of all arguments.
  const collect = new native.Proxy(native.call, { __proto__: null, apply: withLast } as ProxyHandler<
    typeof native.call
  >);
  return native.bind(native.call, collect);
}
