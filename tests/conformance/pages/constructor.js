/**
 * WHATWG WebSockets §3.1, the constructor `new WebSocket(url, protocols)`; RFC 6455 §4.1 for what a subprotocol is.
 * https://websockets.spec.whatwg.org/#dom-websocket-websocket
 */

/** Constructs, and tells all that a page can see of it before anything happens on the network. */
function constructed(...args) {
  const result = outcome(() => new WebSocket(...args));
  if (!('returned' in result)) return result;
  const { url, readyState, protocol, extensions, bufferedAmount, binaryType } = result.returned;
  result.returned.close();
  return { url, readyState, protocol, extensions, bufferedAmount, binaryType };
}

const urls = [
  '',
  ' ',
  '/',
  '/echo',
  'echo',
  '?',
  '#',
  '#fragment',
  '/echo#',
  '/echo#fragment',
  `${base}/echo`,
  ` ${base}/echo\n`,
  `${base}/ec\tho`,
  `${base}/echo#`,
  `${base}/echo#fragment`,
  `${base}/echo?a=b#fragment`,
  `${base.toUpperCase()}/echo`,
  `${base}`,
  `${base}?query`,
  `${base}/%`,
  `${base}/ä`,
  `${base}/?ä`,
  `${base}/\ud800`,
  `${base}/a/../echo`,
  `${base}\\echo`,
  base.replace('127.0.0.1', '0x7f000001'),
  base.replace('127.0.0.1', '[::1]'),
  base.replace('127.0.0.1', 'localhost'),
  `http://${location.host}/echo`,
  `https://${location.host}/echo`,
  `HTTP://${location.host}/echo`,
  `wss://${location.host}/echo`,
  `http://${location.host}/echo#fragment`,
  `//${location.host}/echo`,
  `ws:${location.host}/echo`,
  'ws:',
  'ws:/',
  'ws://',
  'ws:///',
  'ws://#',
  'ws://?',
  'ws:///echo',
  'ws:// example.invalid/',
  'ws://exa mple.invalid/',
  'ws://example.invalid:99999/',
  'ws://example.invalid:x/',
  'ws://exa%23mple.invalid/',
  'ws://[::1',
  'ws://user:password@example.invalid/',
  'ws://example.invalid:80/',
  'wss://example.invalid:443/',
  'ws://ä.invalid/',
  'ws://example.invalid:1/',
  'ftp://example.invalid/',
  'mailto:a@example.invalid',
  'about:blank',
  'data:text/plain,a',
  'blob:null/1',
  'javascript:1',
  'file:///etc',
  'foo://bar',
  'foo:bar',
  ':',
  '://',
  'ws',
];
for (const url of urls) subtest(`url ${JSON.stringify(url)}`, () => constructed(url));

const oddUrls = {
  undefined: undefined,
  null: null,
  true: true,
  0: 0,
  bigint: 1n,
  NaN: Number.NaN,
  'an object': {},
  'an array': ['/echo'],
  'a URL': new URL(`${base}/echo`),
  location: location,
  'a function': () => 1,
  'a symbol': Symbol('s'),
};
for (const [name, url] of Object.entries(oddUrls)) subtest(`url ${name}`, () => constructed(url));

subtest('no arguments', () => constructed());
subtest('without new', () => outcome(() => WebSocket(`${base}/echo`)));
subtest('without new and without arguments', () => outcome(() => WebSocket()));
subtest('by call', () => outcome(() => WebSocket.call({}, `${base}/echo`)));
subtest('by apply', () => outcome(() => WebSocket.apply(null, [`${base}/echo`])));
subtest('by bind', () => constructed.call(null, `${base}/echo`) && outcome(() => WebSocket.bind(null, '')()));
subtest('new of a bound constructor', () => {
  const Bound = WebSocket.bind(null, `${base}/echo`);
  const socket = new Bound();
  socket.close();
  return [socket.url, socket instanceof WebSocket, socket instanceof Bound, socket.constructor === WebSocket];
});
subtest('more arguments than there are', () => constructed(`${base}/echo`, [], 1, 2));

// RFC 6455 §4.1: U+0021 to U+007E without separators.
for (let code = 0; code < 0x81; code++) {
  const character = String.fromCharCode(code);
  const shown = code.toString(16).padStart(4, '0');
  subtest(`protocol U+${shown}`, () => constructed(`${base}/echo`, character));
  subtest(`protocol a U+${shown} b in a list`, () => constructed(`${base}/echo`, ['ok', `a${character}b`]));
}
for (const character of ['\u00a0', '\u00e4', '\u0100', '\u2028', '\ud800', '\udc00', '😀', '\uffff']) {
  subtest(`protocol ${JSON.stringify(character)}`, () => constructed(`${base}/echo`, character));
}

const protocols = {
  undefined: undefined,
  null: null,
  'the empty string': '',
  'a string': 'chat',
  'with a comma': 'a,b',
  'with a space': 'a b',
  number: 1,
  true: true,
  bigint: 7n,
  symbol: Symbol('s'),
  'an empty list': [],
  'a list': ['a', 'b'],
  'twice the same': ['a', 'a'],
  'twice the same in other case': ['a', 'A'],
  'the same at a distance': ['a', 'b', 'c', 'a'],
  'the empty string in a list': [''],
  'undefined in a list': [undefined],
  'null in a list': [null],
  'null and its name': [null, 'null'],
  'a hole': [, 'a'],
  'numbers in a list': [1, 2],
  'lists in a list': [['a'], ['b']],
  'lists in a list, the same': [['a'], ['a']],
  'a symbol in a list': [Symbol('s')],
  'an object': {},
  'an object with a name': { toString: () => 'named' },
  'an object with a bad name': { toString: () => 'a b' },
  'a String': new String('chat'),
  'a Number': new Number(5),
  'a set': new Set(['a', 'b']),
  'a map': new Map([['a', 'b']]),
  'a typed array': new Uint8Array([1, 2]),
  'a function': function named() {
    return 1;
  },
  'a regular expression': /a/,
  'an iterator that is no function': { [Symbol.iterator]: 1 },
  'an iterator that is null': { [Symbol.iterator]: null, toString: () => 'named' },
  'an iterator that gives no object': { [Symbol.iterator]: () => 1 },
  'an iterator without next': { [Symbol.iterator]: () => ({}) },
  'a next that gives no object': { [Symbol.iterator]: () => ({ next: () => 1 }) },
  'a hundred': Array.from({ length: 100 }, (_, index) => `p${index}`),
  'very long': 'x'.repeat(5000),
};
for (const [name, value] of Object.entries(protocols)) {
  subtest(`protocols ${name}`, () => constructed(`${base}/echo`, value));
  subtest(`protocols ${name}, and a bad url`, () => constructed('ws://exa mple/', value));
}

subtest('protocols from a generator', () => {
  const log = [];
  function* list() {
    try {
      log.push('begun');
      yield 'a';
      yield 'b';
      log.push('ended');
    } finally {
      log.push('finally');
    }
  }
  return [constructed(`${base}/echo`, list()), log];
});

for (const where of ['url', 'protocol', 'item', 'iterator', 'next', 'done', 'value', 'toPrimitive']) {
  subtest(`what the page throws in ${where} comes back as it is`, () => {
    const error = new RangeError('of the page');
    const fail = () => {
      throw error;
    };
    const list = {
      url: [{ toString: fail }, []],
      protocol: ['/echo', { toString: fail }],
      item: ['/echo', ['a', { toString: fail }]],
      iterator: ['/echo', Object.defineProperty({}, Symbol.iterator, { get: fail })],
      next: ['/echo', { [Symbol.iterator]: () => ({ next: fail }) }],
      done: ['/echo', { [Symbol.iterator]: () => ({ next: () => Object.defineProperty({}, 'done', { get: fail }) }) }],
      value: [
        '/echo',
        { [Symbol.iterator]: () => ({ next: () => Object.defineProperty({}, 'value', { get: fail }) }) },
      ],
      toPrimitive: [{ [Symbol.toPrimitive]: fail }, []],
    }[where];
    const { thrown } = outcome(() => new WebSocket(...list));
    return [thrown === error, thrown];
  });
}

/** Everything that is asked of an object, in order, with what asked. */
function watched(target, log, name) {
  return new Proxy(
    target,
    Object.fromEntries(
      Object.getOwnPropertyNames(Reflect).map((trap) => [
        trap,
        (...args) => {
          const key = typeof args[1] === 'string' || typeof args[1] === 'symbol' ? ` ${String(args[1])}` : '';
          log.push(`${name} ${trap}${key}`);
          return Reflect[trap](...args);
        },
      ]),
    ),
  );
}
for (const [name, list] of Object.entries({ 'an array': ['a', 'b'], 'a set': new Set(['a']), 'an object': {} })) {
  subtest(`what is asked of a watched ${name} of protocols`, () => {
    const log = [];
    return [constructed(`${base}/echo`, watched(list, log, 'list')), log];
  });
}
subtest('what is asked of url and protocols, in order', () => {
  const log = [];
  const url = watched({ toString: () => `${base}/echo` }, log, 'url');
  const item = watched({ toString: () => 'item' }, log, 'item');
  return [constructed(url, watched([item, 'b'], log, 'list')), log];
});
subtest('what is asked of a watched newTarget', () => {
  const log = [];
  const socket = Reflect.construct(WebSocket, [`${base}/echo`], watched(WebSocket, log, 'newTarget'));
  socket.close();
  return [log, Object.getPrototypeOf(socket) === WebSocket.prototype];
});
subtest('each conversion happens once', () => {
  const counts = { url: 0, protocol: 0 };
  const url = { toString: () => `${base}/echo?${++counts.url}` };
  const protocol = { toString: () => `p${++counts.protocol}` };
  return [constructed(url, [protocol]), counts];
});
