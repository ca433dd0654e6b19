/**
 * HTML §8.1.3, realms: every same-origin frame has a WebSocket of its own, and the functions of one may be used from
 * another. WHATWG WebSockets §3.1.
 * https://websockets.spec.whatwg.org/#the-websocket-interface
 */

const makers = {
  'about:blank': () => document.body.appendChild(document.createElement('iframe')),
  srcdoc: () => Object.assign(document.createElement('iframe'), { srcdoc: '<p>srcdoc</p>' }),
  'a page': () => Object.assign(document.createElement('iframe'), { src: '/blank' }),
  'a blob': () =>
    Object.assign(document.createElement('iframe'), {
      src: URL.createObjectURL(new Blob(['<p>blob</p>'], { type: 'text/html' })),
    }),
  'a sandbox with the same origin': () => {
    const frame = Object.assign(document.createElement('iframe'), { src: '/blank' });
    frame.sandbox = 'allow-scripts allow-same-origin';
    return frame;
  },
};

/** Runs with the window of a frame, which is removed afterwards. */
async function inFrame(kind, run) {
  const frame = makers[kind]();
  if (!frame.isConnected) {
    const loaded = next(frame, 'load');
    document.body.append(frame);
    await loaded;
  }
  const result = await run(frame.contentWindow, frame);
  frame.remove();
  return result;
}

function facts(realm) {
  const { WebSocket } = realm;
  const { send, close } = WebSocket.prototype;
  return [
    WebSocket === window.WebSocket,
    Reflect.ownKeys(WebSocket),
    Reflect.ownKeys(WebSocket.prototype),
    [WebSocket, send, close, realm.Function.prototype.toString].map((value) => `${value}`),
    WebSocket.prototype.constructor === WebSocket,
    Object.getPrototypeOf(WebSocket) === realm.EventTarget,
    Object.getPrototypeOf(send) === realm.Function.prototype,
    Object.getOwnPropertyDescriptor(realm, 'WebSocket').enumerable,
  ];
}

for (const kind of Object.keys(makers)) {
  subtest(`${kind}: its constructor`, () => inFrame(kind, facts));
  subtest(`${kind}: echo`, () =>
    inFrame(kind, async (realm) => {
      const socket = new realm.WebSocket(`${base}/echo`);
      await next(socket, 'open');
      socket.send('from a frame');
      const event = await next(socket, 'message');
      const seen = [
        event.data,
        event instanceof realm.MessageEvent,
        socket instanceof realm.WebSocket,
        socket instanceof WebSocket,
        Reflect.ownKeys(socket),
      ];
      await closed(socket);
      return seen;
    }),
  );
  subtest(`${kind}: functions of this realm on its sockets`, () =>
    inFrame(kind, async (realm) => {
      const socket = new realm.WebSocket(`${base}/echo`);
      const early = outcome(() => WebSocket.prototype.send.call(socket, 'early'));
      await next(socket, 'open');
      WebSocket.prototype.send.call(socket, 'borrowed');
      const { data } = await next(socket, 'message');
      const bad = outcome(() => WebSocket.prototype.close.call(socket, 1));
      WebSocket.prototype.close.call(socket);
      await next(socket, 'close');
      return [
        data,
        early.thrown.name,
        early.thrown instanceof DOMException,
        bad.thrown.name,
        bad.thrown instanceof DOMException,
      ];
    }),
  );
  subtest(`${kind}: its functions on sockets of this realm`, () =>
    inFrame(kind, async (realm) => {
      const socket = await opened();
      realm.WebSocket.prototype.send.call(socket, 'borrowed');
      const { data } = await next(socket, 'message');
      const bad = outcome(() => realm.WebSocket.prototype.close.call(socket, 1));
      realm.WebSocket.prototype.close.call(socket);
      await next(socket, 'close');
      return [data, bad.thrown.name, bad.thrown instanceof realm.DOMException, bad.thrown instanceof DOMException];
    }),
  );
  subtest(`${kind}: buffers and Blobs of the other realm`, () =>
    inFrame(kind, async (realm) => {
      const seen = [];
      const socket = await opened();
      for (const data of [
        new realm.ArrayBuffer(3),
        new realm.Uint8Array(2),
        new realm.DataView(new realm.ArrayBuffer(4)),
        new realm.Blob(['x']),
        new realm.String('boxed'),
        new realm.Array(1, 2),
      ]) {
        socket.send(data);
        seen.push((await next(socket, 'message')).data);
      }
      await closed(socket);
      return seen;
    }),
  );
  subtest(`${kind}: errors are of its realm`, () =>
    inFrame(kind, (realm) => {
      const results = [
        outcome(() => new realm.WebSocket('ws://[')),
        outcome(() => realm.WebSocket('/')),
        outcome(() => realm.WebSocket.prototype.send.call({})),
        outcome(() => new realm.WebSocket()),
      ];
      return results.map(({ thrown }) => [
        thrown.name,
        thrown.message,
        thrown instanceof realm.DOMException,
        thrown instanceof realm.TypeError,
        thrown instanceof TypeError,
      ]);
    }),
  );
  subtest(`${kind}: newTarget of this realm`, () =>
    inFrame(kind, (realm) => {
      const socket = Reflect.construct(realm.WebSocket, [`${base}/echo`], WebSocket);
      const other = Reflect.construct(WebSocket, [`${base}/echo`], realm.WebSocket);
      const seen = [
        socket instanceof WebSocket,
        socket instanceof realm.WebSocket,
        other instanceof WebSocket,
        other instanceof realm.WebSocket,
      ];
      socket.close();
      other.close();
      return seen;
    }),
  );
  subtest(`${kind}: Function.prototype.toString of one realm on functions of the other`, () =>
    inFrame(kind, (realm) => {
      const text = (from, value) => from.Function.prototype.toString.call(value);
      const list = (from) => [
        from.WebSocket,
        from.WebSocket.prototype.send,
        from.WebSocket.prototype.close,
        from.Function.prototype.toString,
      ];
      return [list(window).map((value) => text(realm, value)), list(realm).map((value) => text(window, value))];
    }),
  );
  subtest(`${kind}: Function.prototype.toString between two frames`, () =>
    inFrame(kind, (realm) =>
      inFrame(kind, (other) => [
        realm.Function.prototype.toString.call(other.WebSocket),
        other.Function.prototype.toString.call(realm.WebSocket.prototype.send),
        realm.Function.prototype.toString.call(other.Function.prototype.toString),
      ]),
    ),
  );
  subtest(`${kind}: globals of the frame`, () =>
    inFrame(kind, (realm) => [Object.getOwnPropertyNames(realm).sort(), Object.getOwnPropertyNames(realm.document)]),
  );
  subtest(`${kind}: a frame within the frame`, () =>
    inFrame(kind, (realm) => {
      const inner = realm.document.body.appendChild(realm.document.createElement('iframe')).contentWindow;
      return [
        facts(inner),
        WebSocket.prototype.send.toString.call(inner.WebSocket),
        inner.Function.prototype.toString.call(WebSocket),
      ];
    }),
  );
  subtest(`${kind}: removed with a socket that is open`, () =>
    inFrame(kind, async (realm, frame) => {
      const socket = new realm.WebSocket(`${base}/echo`);
      await next(socket, 'open');
      frame.remove();
      return [socket.readyState, outcome(() => socket.send('gone')), socket.readyState];
    }),
  );
  subtest(`${kind}: removed, then a socket is opened`, () =>
    inFrame(kind, (realm, frame) => {
      const { WebSocket } = realm;
      frame.remove();
      const result = outcome(() => new WebSocket(`${base}/echo`));
      return 'thrown' in result ? [result.thrown.name, result.thrown.message] : result.returned.readyState;
    }),
  );
}
subtest('document.open keeps what was there', () =>
  inFrame('about:blank', (realm) => {
    const before = realm.WebSocket;
    realm.document.open();
    realm.document.write('<p>written</p>');
    realm.document.close();
    return [realm.WebSocket === before, facts(realm)];
  }),
);
subtest('a window that is opened', async () => {
  const realm = window.open('/blank');
  if (!realm) return 'not opened';
  await new Promise((resolve) => realm.addEventListener('load', resolve, { once: true }));
  const seen = facts(realm);
  realm.close();
  return seen;
});
