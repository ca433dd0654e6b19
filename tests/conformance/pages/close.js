/**
 * WHATWG WebSockets §3.1, `close(code, reason)`, and §4, feedback from the protocol; RFC 6455 §7.4 for the codes.
 * https://websockets.spec.whatwg.org/#dom-websocket-close
 */

const codes = {
  undefined: undefined,
  null: null,
  '-1': -1,
  0: 0,
  1: 1,
  999: 999,
  1000.9: 1000.9,
  2999: 2999,
  3000: 3000,
  3999: 3999,
  4000: 4000,
  4999: 4999,
  5000: 5000,
  65535: 65535,
  '65536 + 1000': 66_536,
  '65536 + 3000': 68_536,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "'3000'": '3000',
  "'x'": 'x',
  "''": '',
  true: true,
  '[3001]': [3001],
  '{}': {},
  '{valueOf}': { valueOf: () => 3002 },
  '1000n': 1000n,
  symbol: Symbol('s'),
};
for (let code = 1000; code <= 1016; code++) codes[code] = code;

const reasons = {
  undefined: undefined,
  null: null,
  nothing: '',
  'a text': 'bye',
  '122 bytes': 'x'.repeat(122),
  '123 bytes': 'x'.repeat(123),
  '124 bytes': 'x'.repeat(124),
  '123 bytes of three each': '€'.repeat(41),
  '126 bytes of three each': '€'.repeat(42),
  '124 bytes of four each': '😀'.repeat(31),
  '120 bytes of four each': '😀'.repeat(30),
  '123 bytes of lone surrogates': '\ud800'.repeat(41),
  '126 bytes of lone surrogates': '\ud800'.repeat(42),
  'a lone surrogate': 'a\udc00',
  'a number': 5,
  'an object': { toString: () => 'named' },
  'a symbol': Symbol('s'),
  'very long': 'x'.repeat(100_000),
};

for (const state of states) {
  for (const [name, code] of Object.entries(codes)) {
    subtest(`code ${name} while ${state}`, () =>
      inState(state, async (socket) => {
        const end = state === 'CLOSED' ? null : next(socket, 'close');
        const result = outcome(() => socket.close(code));
        const after = socket.readyState;
        if ('thrown' in result) return [result, after];
        return [result, after, await end];
      }),
    );
  }
  for (const [name, reason] of Object.entries(reasons)) {
    subtest(`reason ${name} while ${state}`, () =>
      inState(state, async (socket) => {
        const end = state === 'CLOSED' ? null : next(socket, 'close');
        const result = outcome(() => socket.close(3000, reason));
        const after = socket.readyState;
        if ('thrown' in result) return [result, after];
        return [result, after, await end];
      }),
    );
  }
  subtest(`no arguments while ${state}`, () =>
    inState(state, async (socket) => {
      const end = state === 'CLOSED' ? null : next(socket, 'close');
      return [outcome(() => socket.close()), socket.readyState, await end];
    }),
  );
  subtest(`a reason without a code while ${state}`, () =>
    inState(state, (socket) => [outcome(() => socket.close(undefined, 'why')), socket.readyState]),
  );
  subtest(`twice while ${state}`, () =>
    inState(state, async (socket) => {
      const end = state === 'CLOSED' ? null : next(socket, 'close');
      const results = [outcome(() => socket.close(3000, 'first')), outcome(() => socket.close(3001, 'second'))];
      return [results, await end];
    }),
  );
  subtest(`a bad code after a good one while ${state}`, () =>
    inState(state, (socket) => [outcome(() => socket.close(3000)), outcome(() => socket.close(1))]),
  );
}

const receivers = {
  undefined: undefined,
  null: null,
  'an object': {},
  'the prototype': WebSocket.prototype,
  window: window,
  'an object that inherits': Object.create(WebSocket.prototype),
};
for (const [who, receiver] of Object.entries(receivers)) {
  subtest(`close on ${who}`, () => outcome(() => Reflect.apply(WebSocket.prototype.close, receiver, [])));
  subtest(`close on ${who}, with a bad code`, () =>
    outcome(() => Reflect.apply(WebSocket.prototype.close, receiver, [1, 'x'])),
  );
}

subtest('conversions in order, each once', () =>
  inState('OPEN', (socket) => {
    const log = [];
    const code = {
      valueOf() {
        log.push('code');
        return 3000;
      },
    };
    const reason = {
      toString() {
        log.push('reason');
        return 'why';
      },
    };
    return [outcome(() => socket.close(code, reason)), log];
  }),
);
for (const which of ['code', 'reason']) {
  subtest(`what the page throws in the ${which} comes back as it is`, () =>
    inState('OPEN', (socket) => {
      const error = new RangeError('of the page');
      const fail = () => {
        throw error;
      };
      const args = which === 'code' ? [{ valueOf: fail }, 'x'] : [3000, { toString: fail }];
      const { thrown } = outcome(() => socket.close(...args));
      return [thrown === error, thrown, socket.readyState];
    }),
  );
}

for (const code of [
  1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 2999, 3000, 4999,
  5000, 999, 0,
]) {
  // A stream that is dropped at once may be gone before the page hears that it was open.
  for (const when of code === 1006 ? ['message'] : ['open', 'message']) {
    subtest(`the server closes with ${code} at ${when}`, async () => {
      const socket = new WebSocket(`${base}/close?code=${code}&reason=gr%C3%BCn&when=${when}`);
      const events = [];
      for (const type of ['open', 'message', 'error', 'close']) {
        socket.addEventListener(type, (event) => events.push([event, socket.readyState]));
      }
      socket.addEventListener('open', () => socket.send('now'));
      await next(socket, 'close');
      return [events, socket.bufferedAmount];
    });
  }
}

const frames = {
  'text that is not UTF-8': [0x81, 2, 0xc3, 0x28],
  'a reserved opcode': [0x83, 0],
  'a reserved bit': [0xc1, 1, 0x61],
  'a masked frame': [0x81, 0x81, 0, 0, 0, 0, 0x61],
  'a continuation of nothing': [0x80, 1, 0x61],
  'a ping that is too long': [0x89, 126, 0, 126, ...Array(126).fill(0x61)],
  'a close of one byte': [0x88, 1, 3],
  'a close whose reason is not UTF-8': [0x88, 4, 3, 0xe8, 0xc3, 0x28],
};
for (const [name, frame] of Object.entries(frames)) {
  subtest(`the server breaks the protocol: ${name}`, async () => {
    const socket = await opened('/script');
    const events = [];
    for (const type of ['message', 'error', 'close']) {
      socket.addEventListener(type, (event) => events.push([event, socket.readyState]));
    }
    // What one browser takes for a fault another may let pass: the end comes anyway.
    socket.send(
      JSON.stringify([
        { raw: btoa(String.fromCharCode(...frame)) },
        { text: 'after' },
        { wait: 300 },
        { terminate: true },
      ]),
    );
    await next(socket, 'close');
    return events;
  });
}
subtest('the server drops the connection', async () => {
  const socket = await opened('/script');
  const events = [];
  for (const type of ['error', 'close']) socket.addEventListener(type, (event) => events.push(event));
  socket.send(JSON.stringify({ terminate: true }));
  await next(socket, 'close');
  return events;
});
subtest('close while CONNECTING: error first, then close', async () => {
  const socket = new WebSocket(`${base}/slow?ms=100`);
  const events = [];
  for (const type of ['open', 'error', 'close']) socket.addEventListener(type, (event) => events.push(event));
  socket.close(3000, 'early');
  events.push(socket.readyState);
  await next(socket, 'close');
  return events;
});
subtest('what was received before the close is delivered', async () => {
  const socket = await opened('/script');
  const seen = [];
  socket.onmessage = ({ data }) => seen.push(data);
  socket.send(
    JSON.stringify([
      { text: 'last', times: 3 },
      { close: 4000, reason: 'done' },
    ]),
  );
  const event = await next(socket, 'close');
  return [seen, event];
});
subtest('what is received after close() is delivered, or not, alike', async () => {
  const socket = await opened('/echo');
  const seen = [];
  socket.onmessage = ({ data }) => seen.push(data);
  socket.send('a');
  socket.close();
  const event = await next(socket, 'close');
  return [seen, event];
});
