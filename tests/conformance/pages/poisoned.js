/**
 * WHATWG WebSockets §3 in a page that has replaced the built-ins before it uses sockets: nothing but what the standard
 * itself asks for (Web IDL §3.2, conversions) may be called.
 * https://websockets.spec.whatwg.org/#network
 */

{
  const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
  const counts = Object.create(null);
  const undo = [];
  let counting = false;

  function replace(holder, key, name) {
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (!descriptor?.configurable) return;
    const counted = (original, suffix) => {
      if (typeof original !== 'function') return original;
      const label = name + suffix;
      counts[label] = 0;
      return new Proxy(original, {
        __proto__: null,
        apply(target, receiver, args) {
          if (counting) counts[label]++;
          return apply(target, receiver, args);
        },
        construct(target, args, newTarget) {
          if (counting) counts[label]++;
          return construct(target, args, newTarget);
        },
      });
    };
    const changed = { __proto__: null, ...descriptor };
    if ('value' in descriptor) {
      if (typeof descriptor.value !== 'function') return;
      changed.value = counted(descriptor.value, '');
    } else {
      changed.get = counted(descriptor.get, ' (get)');
      changed.set = counted(descriptor.set, ' (set)');
    }
    defineProperty(holder, key, changed);
    undo.push([holder, key, descriptor]);
  }

  const typedArray = Object.getPrototypeOf(Uint8Array);
  const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]());
  const holders = {
    Object,
    Function,
    Array,
    String,
    Number,
    Boolean,
    Symbol,
    Error,
    TypeError,
    Promise,
    Map,
    WeakMap,
    Set,
    WeakSet,
    WeakRef,
    FinalizationRegistry,
    RegExp,
    Date,
    ArrayBuffer,
    DataView,
    Uint8Array,
    Uint32Array,
    Float64Array,
    typedArray,
    Blob,
    TextEncoder,
    TextDecoder,
    Event,
    MessageEvent,
    CloseEvent,
    CustomEvent,
    MouseEvent,
    EventTarget,
    Node,
    Document,
    Element,
    HTMLElement,
    Performance,
    AbortSignal,
    DOMException,
    WebSocket,
  };
  const namespaces = { Reflect, JSON, Math, Atomics };
  const globals = [
    'Proxy',
    'WeakRef',
    'WeakMap',
    'Map',
    'Set',
    'Uint8Array',
    'Uint32Array',
    'Float64Array',
    'ArrayBuffer',
    'Error',
    'TypeError',
    'CustomEvent',
    'MouseEvent',
    'Event',
    'TextEncoder',
    'Promise',
    'Blob',
    'queueMicrotask',
    'setTimeout',
    'requestIdleCallback',
    'postMessage',
    'atob',
    'btoa',
    'structuredClone',
    'dispatchEvent',
    'addEventListener',
    'MessageChannel',
    'BroadcastChannel',
  ];
  const members = [
    'get',
    'set',
    'apply',
    'construct',
    'has',
    'once',
    'passive',
    'capture',
    'signal',
    'toJSON',
    'then',
    'value',
    'detail',
    'bubbles',
    'cancelable',
    'composed',
    'relatedTarget',
    'type',
    'handleEvent',
    'getPrototypeOf',
    'getOwnPropertyDescriptor',
    'defineProperty',
    'ownKeys',
    'deleteProperty',
    'next',
    'done',
    'return',
    'length',
    '0',
    '1',
    '16',
    'frames',
    'bytes',
    'id',
    'ring',
    'stacks',
    'policy',
    'connection',
    'sequence',
    'text',
    'base64',
    'stack',
    'message',
    'name',
    'prepareStackTrace',
    'stackTraceLimit',
    'maxByteLength',
    'fatal',
    'written',
    'read',
  ];

  /** What a page does with sockets, by nothing but syntax and calls of its own. */
  async function useSockets() {
    const { WebSocket } = window;
    const seen = [];
    const plain = new WebSocket(`${base}/script`);
    const offered = new WebSocket(`${base}/protocols`, ['demo.v1']);
    const wrong = [() => new WebSocket('ws://['), () => plain.send('early'), () => plain.close(1)];
    for (let index = 0; index < wrong.length; index++) {
      try {
        wrong[index]();
      } catch (error) {
        seen[seen.length] = typeof error;
      }
    }
    const opened = new Waiting();
    plain.onopen = opened.done;
    await opened;
    const texts = '[{"text":"t","times":3},{"binary":"AQID","times":2}]';
    const five = new Waiting();
    let left = 5;
    plain.onmessage = () => {
      if (--left === 0) five.done();
    };
    plain.send(texts);
    await five;
    plain.binaryType = 'arraybuffer';
    left = 7;
    const seven = new Waiting();
    plain.onmessage = () => {
      if (--left === 0) seven.done();
    };
    plain.send(texts);
    plain.send(buffer);
    plain.send(view);
    plain.send(blob);
    plain.send({ toString: toText });
    plain.send([]);
    await seven;
    const over = new Waiting();
    plain.onclose = over.done;
    plain.close(3000, 'over');
    plain.send('late');
    await over;
    offered.close();
    return seen;
  }

  /** Waits without a Promise of the page. */
  class Waiting {
    #resolve = null;
    #over = false;
    done = () => {
      this.#over = true;
      this.#resolve?.();
    };
    then(resolve) {
      if (this.#over) resolve();
      else this.#resolve = resolve;
    }
  }

  const buffer = new ArrayBuffer(4);
  const view = new Uint8Array(3);
  const blob = new Blob(['blob']);
  const toText = () => '{"text":"converted"}';
  const ready = (async () => {
    for (const [name, holder] of Object.entries(holders)) {
      for (const key of ownKeys(holder)) if (key !== 'prototype') replace(holder, key, `${name}.${String(key)}`);
      const { prototype } = holder;
      if (!prototype) continue;
      for (const key of ownKeys(prototype)) {
        if (key === 'constructor' || (holder === Object && key === '__proto__')) continue;
        replace(prototype, key, `${name}.prototype.${String(key)}`);
      }
    }
    for (const [name, holder] of Object.entries(namespaces)) {
      for (const key of ownKeys(holder)) replace(holder, key, `${name}.${String(key)}`);
    }
    replace(arrayIterator, 'next', 'ArrayIterator.next');
    for (const key of globals) replace(window, key, `window.${key}`);
    for (const key of members) {
      if (Object.hasOwn(Object.prototype, key)) continue;
      counts[`Object.prototype's ${key}`] = 0;
      defineProperty(Object.prototype, key, {
        __proto__: null,
        configurable: true,
        get() {
          if (counting) counts[`Object.prototype's ${key}`]++;
        },
        set(value) {
          if (counting) counts[`Object.prototype's ${key}`]++;
          defineProperty(this, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
        },
      });
      undo.push([Object.prototype, key, null]);
    }
    counting = true;
    const seen = await useSockets();
    counting = false;
    for (const [holder, key, descriptor] of undo.reverse()) {
      if (descriptor === null) deleteProperty(holder, key);
      else defineProperty(holder, key, descriptor);
    }
    return seen;
  })();

  subtest('what the page sees of its sockets', () => ready);
  for (const name of Object.keys(counts).sort()) subtest(`calls of ${name}`, () => counts[name]);
}
