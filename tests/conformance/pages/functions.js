/**
 * WHATWG WebSockets §3.1 with ECMAScript §10 and §20.2: the functions of the interface as objects, `instanceof`,
 * subclasses, foreign `newTarget`s, wrong receivers. Function.prototype.toString: ECMAScript §20.2.3.5.
 * https://websockets.spec.whatwg.org/#the-websocket-interface
 */

const functionText = Function.prototype.toString;
const suspects = {
  WebSocket,
  constructor: WebSocket.prototype.constructor,
  send: WebSocket.prototype.send,
  close: WebSocket.prototype.close,
  toString: functionText,
  addEventListener: EventTarget.prototype.addEventListener,
  dispatchEvent: EventTarget.prototype.dispatchEvent,
};
if (globalThis.WebSocketStream) suspects.WebSocketStream = WebSocketStream;
if (globalThis.WebSocketError) suspects.WebSocketError = WebSocketError;

for (const [name, suspect] of Object.entries(suspects)) {
  subtest(`${name}: toString`, () => functionText.call(suspect));
  subtest(`${name}: its own toString`, () => [suspect.toString(), `${suspect}`, suspect + '', String(suspect)]);
  subtest(`${name}: toLocaleString`, () => suspect.toLocaleString());
  subtest(`${name}: Object.prototype.toString`, () => Object.prototype.toString.call(suspect));
  subtest(`${name}: keys and descriptors`, () => [
    Reflect.ownKeys(suspect),
    Object.getOwnPropertyDescriptor(suspect, 'name'),
    Object.getOwnPropertyDescriptor(suspect, 'length'),
  ]);
  subtest(`${name}: a bound one`, () => [
    suspect.bind(null).name,
    suspect.bind(null).length,
    functionText.call(suspect.bind(null)),
  ]);
  subtest(`${name}: a proxy of it`, () => functionText.call(new Proxy(suspect, {})));
  subtest(`${name}: an object that inherits from it`, () => [
    outcome(() => Object.create(suspect).toString()),
    outcome(() => `${Object.create(suspect)}`),
    outcome(() => Object.create(suspect)()),
    outcome(() => new (Object.create(suspect))()),
  ]);
  subtest(`${name}: how an object that inherits from it is named in a stack`, () => {
    const refused = (parent) => outcome(() => Object.create(parent).toString()).thrown.stack.split('\n')[1];
    return [refused(suspect), refused(new Proxy(suspect, {})), refused(Object.create(suspect))];
  });
  subtest(`${name}: caller and arguments`, () =>
    [suspect, suspect.toString, Object.create(suspect), new Proxy(suspect, {})].map((one) => [
      outcome(() => one.caller),
      outcome(() => one.arguments),
    ]),
  );
  subtest(`${name}: caller, where the page has its own`, () => {
    const before = Object.getOwnPropertyDescriptor(Function.prototype, 'caller');
    Object.defineProperty(Function.prototype, 'caller', {
      configurable: true,
      get() {
        return this === suspect;
      },
    });
    const seen = suspect.caller;
    if (before) Object.defineProperty(Function.prototype, 'caller', before);
    else delete Function.prototype.caller;
    return seen;
  });
  subtest(`${name}: a getter that a page has functions inherit`, () => {
    Object.defineProperty(Function.prototype, 'itself', {
      configurable: true,
      get() {
        return this;
      },
    });
    const seen = [suspect.itself === suspect, Object.create(suspect).itself === suspect];
    delete Function.prototype.itself;
    return seen;
  });
  subtest(`${name}: a cyclic prototype`, () => [
    outcome(() => Object.setPrototypeOf(suspect, suspect)),
    outcome(() => Object.setPrototypeOf(suspect, Object.create(suspect))),
    Reflect.setPrototypeOf(suspect, Object.create(suspect)),
    outcome(() => {
      suspect.__proto__ = suspect;
    }),
  ]);
  subtest(`${name}: called with wrong receivers`, () =>
    [undefined, null, 1, {}, [], window, suspect].map((receiver) =>
      outcome(() => Reflect.apply(suspect, receiver, [])),
    ),
  );
  subtest(`${name}: JSON and equality`, () => [
    JSON.stringify({ suspect }),
    suspect === suspect.valueOf(),
    Object.is(suspect, Object(suspect)),
  ]);
  subtest(`${name}: a property that a page adds`, () => {
    suspect.added = 1;
    const seen = [Object.getOwnPropertyDescriptor(suspect, 'added'), Reflect.ownKeys(suspect)];
    delete suspect.added;
    return [...seen, Reflect.ownKeys(suspect)];
  });
  subtest(`${name}: in a class, a map, a set`, () => [
    new Map([[suspect, 1]]).get(suspect),
    new WeakSet([suspect]).has(suspect),
    [suspect].indexOf(suspect),
  ]);
}

const receivers = {
  undefined: undefined,
  null: null,
  number: 1,
  text: 'a',
  symbol: Symbol('s'),
  'an object': {},
  'an array': [],
  'a regular expression': /a/,
  'the prototype of functions': Function.prototype,
  'a class': class A {},
  'a function of the page': function named(a, b) {
    return a + b;
  },
  'an arrow': (a) => a,
  'a proxy of an object': new Proxy({}, {}),
  'a proxy of a function': new Proxy(() => 1, {}),
  'a revoked proxy': revoked(),
  'a proxy that throws when it is asked': new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new RangeError('of the page');
      },
    },
  ),
};

function revoked() {
  const { proxy, revoke } = Proxy.revocable(() => 1, {});
  revoke();
  return proxy;
}

for (const [name, receiver] of Object.entries(receivers)) {
  subtest(`Function.prototype.toString of ${name}`, () => outcome(() => functionText.call(receiver)));
  subtest(`Function.prototype.toString of ${name}, applied by Reflect`, () =>
    outcome(() => Reflect.apply(functionText, receiver, [1, 2])),
  );
}
subtest('Function.prototype.toString runs no trap', () => {
  const log = [];
  const traps = new Proxy({}, { get: (_, trap) => void log.push(trap) });
  return [functionText.call(new Proxy(() => 1, traps)), log];
});
subtest('Function.prototype.toString: its descriptor', () =>
  Object.getOwnPropertyDescriptor(Function.prototype, 'toString'),
);
subtest('Function.prototype.toString is no constructor', () => [
  outcome(() => new functionText()),
  outcome(() => Reflect.construct(Object, [], functionText)),
  outcome(() => class extends functionText {}),
]);
subtest('Function.prototype: its keys', () => Reflect.ownKeys(Function.prototype));
subtest('toString that a page replaces', () => {
  const { toString: before } = Function.prototype;
  Function.prototype.toString = function replaced() {
    return 'replaced';
  };
  const seen = [`${WebSocket}`, WebSocket.prototype.send.toString()];
  Function.prototype.toString = before;
  return [...seen, `${WebSocket}`];
});

subtest('instanceof', () => {
  const socket = new WebSocket(`${base}/echo`);
  socket.close();
  return [
    socket instanceof WebSocket,
    socket instanceof EventTarget,
    {} instanceof WebSocket,
    Object.create(WebSocket.prototype) instanceof WebSocket,
  ];
});
subtest('instanceof by Symbol.hasInstance', () => {
  const socket = new WebSocket(`${base}/echo`);
  socket.close();
  return [
    WebSocket[Symbol.hasInstance](socket),
    Function.prototype[Symbol.hasInstance].call(WebSocket, socket),
    Object.hasOwn(WebSocket, Symbol.hasInstance),
  ];
});
subtest('isPrototypeOf', () => {
  const socket = new WebSocket(`${base}/echo`);
  socket.close();
  return [
    WebSocket.prototype.isPrototypeOf(socket),
    EventTarget.isPrototypeOf(WebSocket),
    socket.constructor === WebSocket,
  ];
});

class Sub extends WebSocket {
  #secret = 'kept';
  field = 1;
  constructor(...args) {
    super(...args);
    this.own = new.target === Sub;
  }
  get secret() {
    return this.#secret;
  }
  send(data) {
    super.send(`sub ${data}`);
  }
  static create() {
    return new this(`${base}/echo`);
  }
}
subtest('a subclass', async () => {
  const socket = Sub.create();
  await next(socket, 'open');
  socket.send('x');
  const { data } = await next(socket, 'message');
  const seen = [
    data,
    socket.secret,
    socket.field,
    socket.own,
    socket instanceof Sub,
    socket instanceof WebSocket,
    Reflect.ownKeys(socket),
  ];
  await closed(socket);
  return [...seen, Sub.OPEN, Object.getPrototypeOf(Sub) === WebSocket, Object.getPrototypeOf(socket) === Sub.prototype];
});
subtest('a subclass: text and errors', () => [Sub, outcome(() => Sub()), outcome(() => new Sub('ws://['))]);
subtest('a subclass in the old way', () => {
  function Old(url) {
    return Reflect.construct(WebSocket, [url], Old);
  }
  Old.prototype = Object.create(WebSocket.prototype, { extra: { value: 5 } });
  const socket = new Old(`${base}/echo`);
  socket.close();
  return [socket.extra, socket instanceof Old, socket.readyState];
});
subtest('a subclass that calls the constructor as a function', () => {
  function Old(url) {
    return WebSocket.call(this, url);
  }
  return outcome(() => new Old(`${base}/echo`));
});

const newTargets = {
  Array,
  Object,
  Date,
  'a class': class Foreign {},
  'a function': function foreign() {},
  'a bound function': function b() {}.bind(),
  Promise,
  EventTarget,
};
for (const [name, newTarget] of Object.entries(newTargets)) {
  subtest(`newTarget ${name}`, () => {
    const result = outcome(() => Reflect.construct(WebSocket, [`${base}/echo`], newTarget));
    if ('thrown' in result) return result;
    const socket = result.returned;
    const state = outcome(() => Object.getOwnPropertyDescriptor(WebSocket.prototype, 'readyState').get.call(socket));
    WebSocket.prototype.close.call(socket);
    return [
      state,
      socket instanceof WebSocket,
      Object.getPrototypeOf(socket) === newTarget.prototype,
      Object.prototype.toString.call(socket),
    ];
  });
}
for (const [name, newTarget] of Object.entries({
  'an arrow': () => 1,
  send: WebSocket.prototype.send,
  undefined: undefined,
  'an object': {},
})) {
  subtest(`newTarget ${name}`, () => outcome(() => Reflect.construct(WebSocket, [`${base}/echo`], newTarget)));
}
for (const [name, prototype] of Object.entries({
  null: null,
  number: 1,
  undefined: undefined,
  'an object': { own: 1 },
})) {
  subtest(`newTarget whose prototype is ${name}`, () => {
    function target() {}
    target.prototype = prototype;
    const socket = Reflect.construct(WebSocket, [`${base}/echo`], target);
    WebSocket.prototype.close.call(socket);
    return [Object.getPrototypeOf(socket) === WebSocket.prototype, socket.own];
  });
}
subtest('newTarget whose prototype throws', () => {
  const error = new Error('of the page');
  const target = new Proxy(function target() {}, {
    get() {
      throw error;
    },
  });
  return outcome(() => Reflect.construct(WebSocket, [`${base}/echo`], target)).thrown === error;
});

subtest('a page that wraps the constructor', async () => {
  const Native = window.WebSocket;
  const log = [];
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      log.push('wrapped');
    }
  };
  const socket = await opened();
  const seen = [socket instanceof Native, socket instanceof window.WebSocket, window.WebSocket.OPEN];
  await closed(socket);
  window.WebSocket = Native;
  return [...seen, log];
});
subtest('a page that wraps send and close', async () => {
  const { send, close } = WebSocket.prototype;
  const log = [];
  WebSocket.prototype.send = function wrapped(data) {
    log.push(data);
    return send.call(this, `wrapped ${data}`);
  };
  WebSocket.prototype.close = function wrapped(...args) {
    log.push('close');
    return close.apply(this, args);
  };
  const socket = await opened();
  socket.send('x');
  const { data } = await next(socket, 'message');
  await closed(socket);
  Object.assign(WebSocket.prototype, { send, close });
  return [data, log, WebSocket.prototype.send];
});
subtest('a page that deletes what it finds', async () => {
  const descriptors = Object.getOwnPropertyDescriptors(WebSocket.prototype);
  const deleted = ['send', 'close', 'constructor'].map((name) => Reflect.deleteProperty(WebSocket.prototype, name));
  const seen = ['send', 'close', 'constructor'].map((name) => typeof WebSocket.prototype[name]);
  Object.defineProperties(WebSocket.prototype, {
    send: descriptors.send,
    close: descriptors.close,
    constructor: descriptors.constructor,
  });
  return [deleted, seen, Reflect.ownKeys(WebSocket.prototype).length];
});
subtest('a page that deletes the global', () => {
  const descriptor = Object.getOwnPropertyDescriptor(window, 'WebSocket');
  const deleted = delete window.WebSocket;
  const after = typeof window.WebSocket;
  Object.defineProperty(window, 'WebSocket', descriptor);
  return [deleted, after];
});
subtest('messages about things that are not cloned', () =>
  ['WebSocket', 'send', 'close', 'toString'].map((name) => [name, outcome(() => structuredClone(suspects[name]))]),
);
subtest('messages of the language about them', () => [
  outcome(() => WebSocket.prototype.send.nothing.at.all),
  outcome(() => null[WebSocket]),
  outcome(() => Symbol() + WebSocket),
  outcome(() => BigInt(WebSocket)),
  outcome(() => new Intl.NumberFormat(WebSocket)),
  outcome(() => [...WebSocket]),
  outcome(() => 1 in WebSocket.prototype.send),
  outcome(() => WebSocket.nothing()),
  outcome(() => Reflect.construct(WebSocket)),
  outcome(() => Object.defineProperty(WebSocket, 'OPEN', { value: 5 })),
]);
