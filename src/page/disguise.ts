import * as native from './natives';
import { rememberOriginal } from './originals';
import { type Call, callOf, trampoline } from './trampoline';

/**
 * Makes a proxy that takes the place of a native function, and looks like it.
 * @param trap by which `begin` runs in the place of the original: as `trampoline` has it
 * @returns the proxy, of which `originalOf` knows what is behind it
 */
export function disguise<F extends native.AnyFunction | typeof WebSocket>(
  original: F,
  trap: 'apply' | 'construct',
  begin: (one: never, two: never) => Call,
): F {
  const traps: ProxyHandler<F> & object = {
    // Without a prototype, or a page could add traps by way of `Object.prototype`.
    __proto__: null,
    [trap]: trampoline(begin, trap === 'apply' ? 1 : 0),
    // The language looks for cycles of prototypes, but not behind proxies.
    setPrototypeOf(target: F, prototype: object | null) {
      for (let one = prototype; one; one = native.getPrototypeOf(one)) if (one === proxy) return false;
      return native.setPrototypeOf(target, prototype);
    },
  } as ProxyHandler<F>;
  const proxy = new native.Proxy<F>(original, traps);
  // Not of the constructor, whose constants pages read for each message.
  if (!__V8__ && trap === 'apply')
    traps.get = trampoline((key: PropertyKey, receiver: unknown) => {
      const getter = receiver === proxy ? refusalOf(original, key) : null;
      return getter ? callOf(getter, original, []) : callOf(native.get, undefined, [original, key, receiver]);
    }, 0) as never;
  rememberOriginal(proxy, original);
  return proxy;
}

/**
 * @returns the browser's own getter behind `caller` and `arguments`, which tells functions of the browser that they are none of the
 * page's, but proxies that they are no functions
 */
function refusalOf(original: object, key: PropertyKey): unknown {
  const getter = key === 'caller' ? native.callerOf : key === 'arguments' ? native.argumentsOf : null;
  return getter &&
    !native.getOwnPropertyDescriptor(original, key) &&
    native.getPrototypeOf(original) === native.functionPrototype &&
    native.getOwnPropertyDescriptor(native.functionPrototype, key)?.get === getter
    ? getter
    : null;
}
