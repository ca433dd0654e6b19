/**
 * WHATWG WebSockets §3.1, the IDL of the interface; Web IDL §3.7 for what that means in JavaScript.
 * https://websockets.spec.whatwg.org/#the-websocket-interface
 */

const constants = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
const operations = { close: 0, send: 1 };
const attributes = {
  url: false,
  readyState: false,
  bufferedAmount: false,
  onopen: true,
  onerror: true,
  onclose: true,
  extensions: false,
  protocol: false,
  onmessage: true,
  binaryType: true,
};

/** A descriptor with what a page can find out about its functions. */
function told(descriptor) {
  if (!descriptor) return descriptor;
  const result = {};
  for (const [key, value] of Object.entries(descriptor)) {
    result[key] = typeof value === 'function' ? functionFacts(value) : value;
  }
  return result;
}

function functionFacts(value) {
  return {
    text: Function.prototype.toString.call(value),
    string: String(value),
    concatenated: `${value}`,
    tag: Object.prototype.toString.call(value),
    keys: Reflect.ownKeys(value).map((key) => [key.toString(), show(Object.getOwnPropertyDescriptor(value, key))]),
    prototypeOf: Object.getPrototypeOf(value) === Function.prototype,
    extensible: Object.isExtensible(value),
    frozen: Object.isFrozen(value),
    sealed: Object.isSealed(value),
    hasPrototype: Object.hasOwn(value, 'prototype'),
    type: typeof value,
  };
}

function show({ value, ...rest }) {
  return JSON.stringify({ ...rest, value: ['string', 'number'].includes(typeof value) ? value : typeof value });
}

subtest('the global property', () => told(Object.getOwnPropertyDescriptor(window, 'WebSocket')));
subtest('in the window', () => [
  'WebSocket' in window,
  Object.hasOwn(window, 'WebSocket'),
  window.propertyIsEnumerable('WebSocket'),
]);
subtest('in for … in of the window', () => {
  const names = [];
  for (const name in window) if (/socket/i.test(name)) names.push(name);
  return names;
});
subtest('facts of the constructor', () => functionFacts(WebSocket));
subtest('the constructor inherits from EventTarget', () =>
  expect(Object.getPrototypeOf(WebSocket) === EventTarget, true),
);
subtest('the prototype inherits from EventTarget', () =>
  expect(Object.getPrototypeOf(WebSocket.prototype) === EventTarget.prototype, true),
);
subtest('the prototype property', () => {
  const { writable, enumerable, configurable, value } = Object.getOwnPropertyDescriptor(WebSocket, 'prototype');
  return expect([writable, enumerable, configurable, value === WebSocket.prototype], [false, false, false, true]);
});
subtest('the prototype cannot be replaced', () => [
  outcome(() => {
    WebSocket.prototype = {};
  }),
  Reflect.set(WebSocket, 'prototype', {}),
  Reflect.defineProperty(WebSocket, 'prototype', { value: {} }),
  Reflect.deleteProperty(WebSocket, 'prototype'),
]);
subtest('prototype.constructor', () => expect(WebSocket.prototype.constructor === WebSocket, true));
subtest('prototype.constructor, its descriptor', () =>
  told(Object.getOwnPropertyDescriptor(WebSocket.prototype, 'constructor')),
);
subtest('toStringTag', () => [
  Object.getOwnPropertyDescriptor(WebSocket.prototype, Symbol.toStringTag),
  Object.prototype.toString.call(WebSocket.prototype),
]);
subtest('keys of the constructor, in order', () => Reflect.ownKeys(WebSocket));
subtest('keys of the prototype, in order', () => Reflect.ownKeys(WebSocket.prototype));
subtest('enumerable keys', () => [Object.keys(WebSocket), Object.keys(WebSocket.prototype)]);
subtest('for … in of the constructor', () => {
  const names = [];
  for (const name in WebSocket) names.push(name);
  return names;
});
subtest('for … in of a socket', () => {
  const names = [];
  const socket = new WebSocket(`${base}/echo`);
  for (const name in socket) names.push(name);
  socket.close();
  return names;
});
subtest('all descriptors of the constructor', () =>
  Object.entries(Object.getOwnPropertyDescriptors(WebSocket)).map(([key, value]) => [key, show(value)]),
);
subtest('legacy lookups', () => [
  WebSocket.__lookupGetter__('prototype'),
  WebSocket.prototype.__lookupGetter__('url') === Object.getOwnPropertyDescriptor(WebSocket.prototype, 'url').get,
  Object.hasOwn(WebSocket, 'CLOSED'),
  WebSocket.__proto__ === EventTarget,
  Object.hasOwn(WebSocket.prototype, 'send'),
]);

for (const [name, value] of Object.entries(constants)) {
  for (const [where, holder] of Object.entries({ constructor: WebSocket, prototype: WebSocket.prototype })) {
    subtest(`${name} on the ${where}`, () => {
      const descriptor = Object.getOwnPropertyDescriptor(holder, name);
      return expect(descriptor, { value, writable: false, enumerable: true, configurable: false });
    });
    subtest(`${name} on the ${where} cannot be changed`, () => [
      outcome(() => {
        holder[name] = 9;
      }),
      Reflect.deleteProperty(holder, name),
      Reflect.defineProperty(holder, name, { value: 9 }),
      holder[name],
    ]);
  }
  subtest(`${name} on a socket`, () => {
    const socket = new WebSocket(`${base}/echo`);
    socket.close();
    return [expect(socket[name], value), Object.hasOwn(socket, name)];
  });
}
for (const [name, length] of Object.entries(operations)) {
  const method = WebSocket.prototype[name];
  subtest(`${name}: its descriptor`, () => told(Object.getOwnPropertyDescriptor(WebSocket.prototype, name)));
  subtest(`${name}: facts`, () => functionFacts(method));
  subtest(`${name}: length and name`, () => expect([method.length, method.name], [length, name]));
  subtest(`${name}: no constructor`, () => [
    outcome(() => new method()),
    outcome(() => Reflect.construct(Object, [], method)),
  ]);
  subtest(`${name}: as heritage of a class`, () => outcome(() => class extends method {}));
  subtest(`${name}: instanceof it`, () => outcome(() => ({}) instanceof method));
  subtest(`${name}: in the prototype only`, () => {
    const socket = new WebSocket(`${base}/echo`);
    socket.close();
    return [Object.hasOwn(socket, name), name in socket, socket[name] === method];
  });
  subtest(`${name}: caller and arguments`, () => [
    outcome(() => method.caller),
    outcome(() => method.arguments),
    Object.hasOwn(method, 'caller'),
    Object.hasOwn(method, 'arguments'),
  ]);
}
for (const [name, settable] of Object.entries(attributes)) {
  const descriptor = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
  subtest(`${name}: its descriptor`, () => told(descriptor));
  subtest(`${name}: settable`, () =>
    expect([descriptor.set !== undefined, descriptor.enumerable, descriptor.configurable], [settable, true, true]),
  );
  subtest(`${name}: on the prototype`, () => outcome(() => WebSocket.prototype[name]));
  subtest(`${name}: set on the prototype`, () =>
    outcome(() => {
      WebSocket.prototype[name] = 1;
    }),
  );
  subtest(`${name}: no own property of a socket`, () => {
    const socket = new WebSocket(`${base}/echo`);
    socket.close();
    return Object.hasOwn(socket, name);
  });
}
subtest('a socket has no property of its own', async () => {
  const socket = await opened();
  socket.send('a');
  await next(socket, 'message');
  const seen = [
    Reflect.ownKeys(socket),
    Object.isExtensible(socket),
    Object.getPrototypeOf(socket) === WebSocket.prototype,
  ];
  await closed(socket);
  return expect([...seen, Reflect.ownKeys(socket)], [[], true, true, []]);
});
subtest('JSON, keys and clones of a socket', async () => {
  const socket = await opened();
  const seen = [JSON.stringify(socket), Object.entries(socket), String(socket), outcome(() => structuredClone(socket))];
  await closed(socket);
  return seen;
});
subtest('own properties that a page gives a socket', async () => {
  const socket = await opened();
  socket.send = () => 'own';
  socket.extra = 1;
  const seen = [socket.send('x'), Reflect.ownKeys(socket)];
  delete socket.send;
  WebSocket.prototype.send.call(socket, 'real');
  seen.push((await next(socket, 'message')).data);
  await closed(socket);
  return seen;
});
subtest('a frozen socket works', async () => {
  const socket = Object.freeze(new WebSocket(`${base}/echo`));
  await next(socket, 'open');
  socket.send('frozen');
  const { data } = await next(socket, 'message');
  await closed(socket);
  return [data, Object.isFrozen(socket)];
});
