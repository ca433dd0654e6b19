/**
 * WHATWG WebSockets §3.1 with Web IDL §2.8 (exceptions) and what engines do beyond a standard: `Error.stack`,
 * `Error.stackTraceLimit`, `Error.prepareStackTrace`. What is thrown must show the page's own calls, all of them.
 * https://websockets.spec.whatwg.org/#dom-websocket-websocket
 */

const { WebSocket } = window;
const { send, close } = WebSocket.prototype;
const functionText = Function.prototype.toString;
const connecting = new WebSocket(`${base}/slow?ms=60000`);

const throwing = {
  'constructor: a bad url': () => new WebSocket('ws://['),
  'constructor: a bad protocol': () => new WebSocket('/echo', 'a b'),
  'constructor: no argument': () => new WebSocket(),
  'constructor: a symbol': () => new WebSocket(Symbol('s')),
  'constructor: without new': () => WebSocket('/echo'),
  'constructor: a bad newTarget': () => Reflect.construct(WebSocket, ['/echo'], () => 1),
  'send: while CONNECTING': () => connecting.send('a'),
  'send: no argument': () => connecting.send(),
  'send: a symbol': () => connecting.send(Symbol('s')),
  'send: no text': () => connecting.send(Object.create(null)),
  'send: wrong receiver': () => send.call({}, 'a'),
  'send: no receiver': () => send('a'),
  'send: as a constructor': () => new send(),
  'close: a bad code': () => connecting.close(1),
  'close: a long reason': () => connecting.close(3000, 'x'.repeat(200)),
  'close: a symbol': () => connecting.close(Symbol('s')),
  'close: wrong receiver': () => close.call({}),
  'toString: wrong receiver': () => functionText.call({}),
  'toString: no receiver': () => functionText.call(undefined),
  'toString: inherited': () => Object.create(send).toString(),
};

function deep(depth, run) {
  return depth === 0 ? run() : deep(depth - 1, run);
}

function withLimit(limit, run) {
  const before = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  try {
    if (limit === undefined) delete Error.stackTraceLimit;
    else
      Object.defineProperty(Error, 'stackTraceLimit', {
        configurable: true,
        enumerable: true,
        writable: true,
        ...limit,
      });
    return run();
  } finally {
    if (before) Object.defineProperty(Error, 'stackTraceLimit', before);
    else delete Error.stackTraceLimit;
  }
}

for (const [name, run] of Object.entries(throwing)) {
  subtest(`${name}: as it is`, () => outcome(run));
  for (const depth of [3, 8, 9, 10, 30, 200]) {
    subtest(`${name}: ${depth} calls deep`, () => outcome(() => deep(depth, run)).thrown.stack.split('\n'));
  }
  for (const limit of [0, 1, 2, 5, 100, 'many', Number.POSITIVE_INFINITY, -1, 2.5]) {
    subtest(`${name}: with a limit of ${limit}`, () =>
      withLimit({ value: limit }, () => outcome(() => deep(20, run)).thrown.stack),
    );
  }
  subtest(`${name}: without a limit`, () => withLimit(undefined, () => outcome(() => deep(20, run)).thrown.stack));
  subtest(`${name}: with a limit that counts who asks`, () => {
    let asked = 0;
    const { thrown } = withLimit({ value: undefined, writable: undefined }, () => {
      Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get: () => asked++ });
      return outcome(() => deep(20, run));
    });
    return [asked, thrown.stack];
  });
  subtest(`${name}: with a limit that is frozen`, () => {
    const { thrown } = withLimit({ value: 4, writable: false }, () => outcome(() => deep(20, run)));
    return thrown.stack;
  });
  subtest(`${name}: the limit is the same afterwards`, () => {
    const before = JSON.stringify(Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit'));
    outcome(() => deep(20, run));
    return before === JSON.stringify(Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit'));
  });
  subtest(`${name}: prepareStackTrace of the page`, () => {
    const calls = [];
    Error.prepareStackTrace = (error, sites) => {
      calls.push([
        error.name,
        sites.length,
        sites.map((site) => `${site.getFunctionName()} ${site.getFileName()} ${site.getLineNumber()}`),
      ]);
      return `prepared ${sites.length}`;
    };
    const { thrown } = outcome(() => deep(20, run));
    const before = calls.length;
    const { stack } = thrown;
    delete Error.prepareStackTrace;
    return [before, stack, thrown.stack, calls];
  });
  subtest(`${name}: own properties of the error`, () => {
    const { thrown } = outcome(run);
    return Reflect.ownKeys(thrown).map((key) => {
      const { get, set, value, ...rest } = Object.getOwnPropertyDescriptor(thrown, key);
      return [key, typeof get, typeof set, typeof value, rest];
    });
  });
  subtest(`${name}: the error's realm and class`, () => {
    const { thrown } = outcome(run);
    return [
      thrown instanceof DOMException,
      thrown instanceof TypeError,
      Object.getPrototypeOf(thrown) === window[thrown.constructor.name].prototype,
      Object.prototype.toString.call(thrown),
    ];
  });
  subtest(`${name}: what window.onerror is told`, async () => {
    const told = new Promise((resolve) => {
      window.onerror = (message, url, line, column, error) => {
        resolve([message, url, line, column, error.stack]);
        return true;
      };
    });
    setTimeout(run);
    const result = await told;
    window.onerror = null;
    return result;
  });
}

const converting = {
  'url in the constructor': (value) => new WebSocket(value),
  'protocol in the constructor': (value) => new WebSocket('/echo', [value]),
  'data in send': (value) => connecting.send(value),
  'code in close': (value) => connecting.close(value),
  'reason in close': (value) => connecting.close(3000, value),
};
for (const [name, run] of Object.entries(converting)) {
  subtest(
    `what a conversion throws: ${name}`,
    () =>
      outcome(() =>
        run({
          [Symbol.toPrimitive]() {
            throw new RangeError('of the page');
          },
        }),
      ).thrown.stack,
  );
  subtest(
    `what a conversion throws, deep down: ${name}`,
    () =>
      outcome(() =>
        deep(20, () =>
          run({
            [Symbol.toPrimitive]() {
              return deep(3, () => {
                throw new RangeError('of the page');
              });
            },
          }),
        ),
      ).thrown.stack,
  );
  subtest(`the stack within a conversion: ${name}`, () => {
    const seen = [];
    outcome(() =>
      run({
        [Symbol.toPrimitive]() {
          seen.push(new Error('here').stack.split('\n'));
          return 'a b';
        },
      }),
    );
    return seen;
  });
  subtest(`the limit during a conversion: ${name}`, () => {
    const seen = [];
    outcome(() =>
      run({
        [Symbol.toPrimitive]() {
          seen.push(Error.stackTraceLimit);
          return 'a b';
        },
      }),
    );
    return seen;
  });
}
subtest('the stack of what was thrown before is left alone', () => {
  const error = new Error('made before');
  const before = error.stack;
  const { thrown } = outcome(() =>
    connecting.send({
      toString() {
        throw error;
      },
    }),
  );
  return [thrown === error, thrown.stack === before, Reflect.ownKeys(error)];
});
for (const [name, value] of Object.entries({
  text: 'thrown',
  number: 1,
  undefined: undefined,
  null: null,
  frozen: Object.freeze(new Error('frozen')),
  'an object': { stack: 'own' },
})) {
  subtest(`a conversion that throws ${name}`, () => {
    const { thrown } = outcome(() =>
      connecting.send({
        toString() {
          throw value;
        },
      }),
    );
    return [thrown === value, typeof thrown];
  });
}
subtest('a conversion that throws what watches', () => {
  const log = [];
  const value = new Proxy(new Error('watched'), {
    get(target, key) {
      log.push(`get ${String(key)}`);
      return Reflect.get(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      log.push(`descriptor ${String(key)}`);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    getPrototypeOf() {
      log.push('prototype');
      return null;
    },
  });
  const { thrown } = outcome(() =>
    connecting.send({
      toString() {
        throw value;
      },
    }),
  );
  return [thrown === value, log];
});
subtest('a constructor that is called within constructors', () => {
  class A extends WebSocket {}
  class B extends A {
    constructor() {
      super('ws://[');
    }
  }
  return outcome(() => new B()).thrown.stack;
});
subtest('the constructor at the end of the stack', () => {
  let deepest = 0;
  function fall() {
    deepest++;
    fall();
  }
  outcome(fall);
  const result = outcome(function again() {
    new WebSocket('ws://[');
    again();
  });
  return [deepest > 100, result.thrown.name];
});
subtest('the last one', () => {
  connecting.close();
});
