/**
 * WHATWG WebSockets §3.1, attributes: `url`, `readyState`, `protocol`, `extensions`, `binaryType`, `bufferedAmount`.
 * https://websockets.spec.whatwg.org/#dom-websocket-url
 */

const attributes = ['url', 'readyState', 'protocol', 'extensions', 'binaryType', 'bufferedAmount'];
const handlers = ['onopen', 'onmessage', 'onerror', 'onclose'];

for (const state of states) {
  for (const name of attributes) {
    subtest(`${name} while ${state}`, () => inState(state, (socket) => socket[name]));
    if (name === 'binaryType') continue;
    subtest(`${name} cannot be set while ${state}`, () =>
      inState(state, (socket) => {
        const set = outcome(() => {
          socket[name] = 'other';
        });
        const deleted = outcome(() => delete socket[name]);
        const defined = outcome(() => Reflect.set(socket, name, 1));
        return [set, deleted, defined, socket[name], Object.hasOwn(socket, name)];
      }),
    );
  }
  for (const value of ['blob', 'arraybuffer', 'Blob', '', 'ARRAYBUFFER', undefined, null, 1, {}, ['blob']]) {
    subtest(`binaryType set to ${JSON.stringify(value)} while ${state}`, () =>
      inState(state, (socket) => {
        const before = outcome(() => {
          socket.binaryType = value;
        });
        const first = socket.binaryType;
        socket.binaryType = 'arraybuffer';
        const again = outcome(() => {
          socket.binaryType = value;
        });
        return [before, first, again, socket.binaryType];
      }),
    );
  }
  for (const name of handlers) {
    subtest(`${name} takes functions and objects only, while ${state}`, () =>
      inState(state, (socket) => {
        const seen = [socket[name]];
        const handler = () => 1;
        for (const value of [handler, null, {}, 1, 'text', undefined, handler, Symbol('s')]) {
          socket[name] = value;
          seen.push(socket[name] === value ? 'itself' : socket[name]);
        }
        return seen;
      }),
    );
  }
}

subtest('binaryType whose conversion throws', () =>
  inState('OPEN', (socket) => {
    const error = new Error('of the page');
    const result = outcome(() => {
      socket.binaryType = {
        toString() {
          throw error;
        },
      };
    });
    return [result.thrown === error, socket.binaryType];
  }),
);

for (const path of ['/echo?deflate=1', '/echo']) {
  subtest(`extensions and protocol once open: ${path}`, async () => {
    const socket = await opened(path, ['a', 'b']);
    const seen = [socket.extensions, socket.protocol];
    await closed(socket);
    return [...seen, socket.extensions, socket.protocol, socket.url];
  });
}

subtest('readyState in every event', async () => {
  const socket = new WebSocket(`${base}/echo`);
  const seen = [socket.readyState];
  for (const type of ['open', 'message', 'close', 'error']) {
    socket.addEventListener(type, () => seen.push([type, socket.readyState, socket.bufferedAmount]));
  }
  await next(socket, 'open');
  socket.send('a');
  await next(socket, 'message');
  socket.close();
  seen.push(socket.readyState);
  await next(socket, 'close');
  return seen;
});

const lengths = {
  0: '',
  1: 'a',
  5: 'hello',
  2: 'ä',
  3: '€',
  4: '😀',
  '3 of a lone surrogate': '\ud800',
  65536: 'x'.repeat(65536),
};
for (const [name, text] of Object.entries(lengths)) {
  subtest(`bufferedAmount grows by ${name} at once`, () =>
    inState('OPEN', async (socket) => {
      const amounts = [socket.bufferedAmount];
      socket.send(text);
      amounts.push(socket.bufferedAmount);
      socket.send(text);
      amounts.push(socket.bufferedAmount);
      // How soon it falls again is up to the network.
      await next(socket, 'message');
      return amounts;
    }),
  );
  for (const state of ['CLOSING', 'CLOSED']) {
    subtest(`bufferedAmount after ${state}: ${name}`, () =>
      inState(state, (socket) => {
        const amounts = [socket.bufferedAmount];
        socket.send(text);
        amounts.push(socket.bufferedAmount);
        socket.send(new Uint8Array(text.length));
        amounts.push(socket.bufferedAmount);
        socket.send(new Blob([text]));
        amounts.push(socket.bufferedAmount);
        return amounts;
      }),
    );
  }
}
subtest('bufferedAmount stays within a task', () =>
  inState('OPEN', (socket) => {
    const amounts = [];
    for (let index = 0; index < 50; index++) {
      socket.send('0123456789');
      amounts.push(socket.bufferedAmount);
    }
    return amounts;
  }),
);
subtest('bufferedAmount after a microtask', () =>
  inState('OPEN', async (socket) => {
    socket.send('0123456789');
    await null;
    await null;
    return socket.bufferedAmount;
  }),
);

const receivers = {
  undefined: undefined,
  null: null,
  number: 1,
  'an object': {},
  'the prototype': WebSocket.prototype,
  'the constructor': WebSocket,
  'another target': new EventTarget(),
  window: window,
  'an object that inherits': Object.create(WebSocket.prototype),
  'a proxy of a socket': new Proxy(Object.create(WebSocket.prototype), {}),
};
for (const name of [...attributes, ...handlers]) {
  const { get, set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
  for (const [who, receiver] of Object.entries(receivers)) {
    subtest(`getter of ${name} on ${who}`, () => outcome(() => Reflect.apply(get, receiver, [])));
    if (set) subtest(`setter of ${name} on ${who}`, () => outcome(() => Reflect.apply(set, receiver, ['blob'])));
  }
}
