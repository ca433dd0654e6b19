/**
 * WHATWG WebSockets §3.1, `send(data)`; Web IDL §3.2.24 for how data is converted.
 * https://websockets.spec.whatwg.org/#dom-websocket-send
 */

const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);

/** Makes each anew: some are changed by what is done to them. */
const values = {
  'no text': () => '',
  'a text': () => 'hello',
  'a text with NUL': () => 'a\0b',
  'a text beyond ASCII': () => 'äöü € 😀',
  'a lone high surrogate': () => 'a\ud800b',
  'a lone low surrogate': () => 'a\udc00b',
  'surrogates the wrong way round': () => '\udc00\ud800',
  'a text of 125': () => 'x'.repeat(125),
  'a text of 126': () => 'x'.repeat(126),
  'a text of 65535': () => 'x'.repeat(65_535),
  'a text of 65536': () => 'x'.repeat(65_536),
  'a text of 1 MiB': () => 'é'.repeat(1 << 19),
  'a text of 3 MiB': () => '0123456789abcdef'.repeat(3 << 16),
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  0: () => 0,
  '-0': () => -0,
  NaN: () => Number.NaN,
  1.5: () => 1.5,
  bigint: () => 12n,
  symbol: () => Symbol('s'),
  'an object': () => ({}),
  'an object with a text': () => ({ toString: () => 'text' }),
  'an object with a value': () => ({ valueOf: () => 1, toString: () => 'text' }),
  'an object with a primitive': () => ({ [Symbol.toPrimitive]: (hint) => hint }),
  'an object without a text': () => Object.create(null),
  'an object with a text that is an object': () => ({ toString: () => ({}), valueOf: () => ({}) }),
  'an array': () => [1, [2, 3]],
  'a date': () => new Date(Number.NaN),
  'a String': () => new String('boxed'),
  'a function': () =>
    function named() {
      return 1;
    },
  'a regular expression': () => /a/g,
  'an error': () => new TypeError('as data'),
  'an ArrayBuffer': () => bytes.slice().buffer,
  'an empty ArrayBuffer': () => new ArrayBuffer(0),
  'a resizable ArrayBuffer': () => {
    const buffer = new ArrayBuffer(4, { maxByteLength: 16 });
    new Uint8Array(buffer).set([1, 2, 3, 4]);
    return buffer;
  },
  'a view of a resizable ArrayBuffer': () => {
    const view = new Uint8Array(new ArrayBuffer(4, { maxByteLength: 16 }), 1);
    view.set([1, 2, 3]);
    view.buffer.resize(6);
    return view;
  },
  'a view that fell out of bounds': () => {
    const view = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 }), 4, 4);
    view.buffer.resize(4);
    return view;
  },
  'a detached ArrayBuffer': () => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  'a view of a detached ArrayBuffer': () => {
    const view = new Uint16Array(8);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  'a DataView of a detached ArrayBuffer': () => {
    const view = new DataView(new ArrayBuffer(8), 2, 4);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  'shared memory': () => (globalThis.SharedArrayBuffer ? new SharedArrayBuffer(4) : sharedBuffer()),
  'a view of shared memory': () =>
    new Uint8Array(globalThis.SharedArrayBuffer ? new SharedArrayBuffer(4) : sharedBuffer()),
  'a DataView': () => new DataView(bytes.slice().buffer, 3, 5),
  'an empty DataView': () => new DataView(new ArrayBuffer(4), 4),
  'a Blob': () => new Blob([bytes]),
  'an empty Blob': () => new Blob([]),
  'a Blob with a type': () => new Blob(['text'], { type: 'text/plain' }),
  'a slice of a Blob': () => new Blob(['0123456789']).slice(2, 5),
  'a File': () => new File(['of a file'], 'name.txt'),
  'a Blob of 2 MiB': () => new Blob([new Uint8Array(2 << 20).fill(7)]),
  'an ArrayBuffer of 70000': () => new Uint8Array(70_000).fill(9).buffer,
  'a FormData': () => new FormData(),
  'a URLSearchParams': () => new URLSearchParams('a=b'),
  'a socket': () => WebSocket.prototype,
};
for (const name of [
  'Int8',
  'Uint8',
  'Uint8Clamped',
  'Int16',
  'Uint16',
  'Int32',
  'Uint32',
  'Float32',
  'Float64',
  'BigInt64',
  'BigUint64',
]) {
  values[`a ${name}Array`] = () => new globalThis[`${name}Array`](bytes.slice().buffer, 8, 1);
  values[`an empty ${name}Array`] = () => new globalThis[`${name}Array`](0);
}

function sharedBuffer() {
  return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer.slice(0, 4);
}

const pieces = (data) => (typeof data === 'string' ? data : new Blob([data]).arrayBuffer());

for (const [name, make] of Object.entries(values)) {
  for (const state of states) {
    subtest(`${name} while ${state}`, () =>
      inState(state, async (socket) => {
        const data = make();
        const answer = state === 'OPEN' ? next(socket, 'message') : null;
        const result = outcome(() => socket.send(data));
        const buffered = socket.bufferedAmount;
        if (answer === null || 'thrown' in result) return [result, buffered];
        const event = await answer;
        return [result, buffered, event, await pieces(event.data)];
      }),
    );
  }
  subtest(`${name} on what is no socket`, () => outcome(() => WebSocket.prototype.send.call({}, make())));
}

subtest('no argument', () => inState('OPEN', (socket) => outcome(() => socket.send())));
subtest('no argument while CONNECTING', () => inState('CONNECTING', (socket) => outcome(() => socket.send())));
subtest('more arguments than there are', () =>
  inState('OPEN', async (socket) => {
    socket.send('first', 'second');
    return (await next(socket, 'message')).data;
  }),
);
subtest('it gives nothing back', () => inState('OPEN', (socket) => outcome(() => socket.send('a'))));
subtest('what is changed after send was sent as it was', () =>
  inState('OPEN', async (socket) => {
    socket.binaryType = 'arraybuffer';
    const data = bytes.slice();
    socket.send(data);
    data.fill(0);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    return (await next(socket, 'message')).data;
  }),
);
subtest('conversion happens once, and before the state is looked at', () =>
  inState('CONNECTING', (socket) => {
    const log = [];
    const data = {
      toString() {
        log.push(socket.readyState);
        return 'text';
      },
    };
    return [outcome(() => socket.send(data)), log];
  }),
);
subtest('conversion that closes the socket', () =>
  inState('OPEN', (socket) => {
    const data = {
      toString() {
        socket.close();
        return 'text';
      },
    };
    return [outcome(() => socket.send(data)), socket.readyState, socket.bufferedAmount];
  }),
);
subtest('conversion that sends', () =>
  inState('OPEN', async (socket) => {
    const received = [];
    socket.onmessage = ({ data }) => received.push(data);
    socket.send({
      toString() {
        socket.send('inner');
        return 'outer';
      },
    });
    await next(socket, 'message');
    await next(socket, 'message');
    return received;
  }),
);
subtest('what the page throws in a conversion comes back as it is', () =>
  inState('OPEN', (socket) => {
    const error = new RangeError('of the page');
    const { thrown } = outcome(() =>
      socket.send({
        toString() {
          throw error;
        },
      }),
    );
    return [thrown === error, thrown];
  }),
);
for (const [name, target] of Object.entries({
  'an object': { toString: () => 'text' },
  'an array': ['a', 'b'],
  'a view': new Uint8Array(2),
  'a buffer': new ArrayBuffer(2),
  'a Blob': new Blob(['a']),
  'a function': () => 1,
})) {
  subtest(`what is asked of a proxy of ${name}`, () =>
    inState('OPEN', async (socket) => {
      const log = [];
      const traps = Object.getOwnPropertyNames(Reflect).map((trap) => [
        trap,
        (...args) => {
          log.push(`${trap} ${typeof args[1] === 'object' ? '' : String(args[1])}`);
          return Reflect[trap](...args);
        },
      ]);
      const result = outcome(() => socket.send(new Proxy(target, Object.fromEntries(traps))));
      if ('thrown' in result) return [result, log];
      return [result, log, (await next(socket, 'message')).data];
    }),
  );
}
subtest('order of a thousand mixed messages', () =>
  inState('OPEN', async (socket) => {
    socket.binaryType = 'arraybuffer';
    const received = [];
    const all = new Promise((resolve) => {
      socket.onmessage = ({ data }) => {
        received.push(typeof data === 'string' ? data : new DataView(data).getUint32(0));
        if (received.length === 1000) resolve(received);
      };
    });
    for (let index = 0; index < 1000; index++) {
      if (index % 3 === 0) socket.send(String(index));
      else if (index % 3 === 1) socket.send(Uint8Array.of(0, 0, index >> 8, index & 255));
      else socket.send(new Blob([Uint8Array.of(0, 0, index >> 8, index & 255)]));
    }
    return all;
  }),
);
subtest('send of another socket', () =>
  inState('OPEN', async (socket) => {
    const other = await opened();
    other.send.call(socket, 'borrowed');
    const { data } = await next(socket, 'message');
    await closed(other);
    return data;
  }),
);
