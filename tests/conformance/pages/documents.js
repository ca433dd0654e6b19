/**
 * HTML §7.5 (unloading documents), §8.1.3 (realms, settings objects and base URLs) and WHATWG WebSockets §5: sockets of
 * documents that are navigated, opened anew, removed; which window an address, an event and an origin belong to.
 * https://websockets.spec.whatwg.org/#garbage-collection
 */

/** A frame with a page of this server, loaded. */
async function framed(src = '/deep/blank', attributes = {}) {
  const frame = Object.assign(document.createElement('iframe'), attributes, { src });
  const loaded = next(frame, 'load');
  document.body.append(frame);
  await loaded;
  return frame;
}

/** The way to the server and back: what was to come of what was done before has come. */
const answered = async () => (await fetch('/blank', { cache: 'no-store' })).text();

/** The state, CLOSING and CLOSED alike: from one to the other, and to its event, it takes as long as the network does. */
const ended = (socket) => Math.min(socket.readyState, WebSocket.CLOSING);

async function withFrame(run, src, attributes) {
  const frame = await framed(src, attributes);
  try {
    return await run(frame.contentWindow, frame);
  } finally {
    frame.remove();
  }
}

/** Whatever a document says by `parent.postMessage(list, '*')`. */
async function told(source, sandbox) {
  const frame = document.createElement('iframe');
  if (sandbox !== undefined) frame.sandbox = sandbox;
  const message = next(window, 'message');
  if (source.startsWith('data:') || source.startsWith('blob:')) frame.src = source;
  else frame.srcdoc = source;
  document.body.append(frame);
  const { data } = await message;
  frame.remove();
  return data;
}

const callers = {
  'this window, its constructor': () => new WebSocket('some').url,
  'this window, the constructor of the frame': (realm) => new realm.WebSocket('some').url,
  'the frame, its constructor': (realm) => realm.Function('return new WebSocket("some").url')(),
  'the frame, the constructor of this window': (realm) => realm.Function('W', 'return new W("some").url')(WebSocket),
  'the frame’s Reflect, the constructor of this window': (realm) => realm.Reflect.construct(WebSocket, ['some']).url,
  'a newTarget of the frame': (realm) => Reflect.construct(WebSocket, ['some'], realm.WebSocket).url,
  'a newTarget of this window': (realm) => Reflect.construct(realm.WebSocket, ['some'], WebSocket).url,
  'a subclass in the frame': (realm) => realm.Function('W', 'return new (class extends W {})("some").url')(WebSocket),
  'a timer of the frame': (realm) =>
    new Promise((resolve) => {
      realm.resolve = resolve;
      realm.setTimeout('resolve(new WebSocket("some").url)');
    }),
};
for (const [who, call] of Object.entries(callers)) {
  subtest(`the base of an address: ${who}`, () => withFrame(call));
  subtest(`the base of an address, with a base element: ${who}`, () =>
    withFrame((realm) => {
      const base = realm.document.createElement('base');
      base.href = '/other/place/';
      realm.document.head.append(base);
      return call(realm);
    }),
  );
}

for (const type of ['blob', 'arraybuffer']) {
  subtest(`the realm of events and data: ${type}`, () =>
    withFrame(async (realm) => {
      const socket = new realm.WebSocket(`${base}/echo`);
      socket.binaryType = type;
      const open = await next(socket, 'open');
      socket.send(new Uint8Array(3));
      const message = await next(socket, 'message');
      socket.close();
      const close = await next(socket, 'close');
      return [
        open instanceof realm.Event,
        message.constructor === realm.MessageEvent,
        message.data instanceof realm[type === 'blob' ? 'Blob' : 'ArrayBuffer'],
        close.constructor === realm.CloseEvent,
      ];
    }),
  );
}

const paths = { open: '/echo', error: '/missing', close: '/close?when=open', message: '/flood?count=1&size=40' };
for (const [type, path] of Object.entries(paths)) {
  subtest(`a frame that is removed in its ${type} listener`, async () => {
    const frame = await framed();
    const errors = [];
    window.onerror = (message) => errors.push(message) > 0;
    const socket = new frame.contentWindow.WebSocket(base + path);
    const seen = [];
    for (const each of ['open', 'message', 'error', 'close']) {
      socket.addEventListener(each, () => seen.push([each, socket.readyState]));
    }
    await new Promise((resolve) => {
      socket.addEventListener(type, () => {
        frame.remove();
        seen.push(['removed', socket.readyState, outcome(() => socket.send('gone'))]);
        resolve();
      });
    });
    await answered();
    window.onerror = null;
    return [seen, errors];
  });
}

const leaving = {
  'a navigation': async (frame) => {
    const loaded = next(frame, 'load');
    frame.src = '/blank';
    await loaded;
  },
  'a reload': async (frame) => {
    const loaded = next(frame, 'load');
    frame.contentWindow.location.reload();
    await loaded;
  },
  'the removal of the frame': (frame) => frame.remove(),
  'document.open()': (frame) => {
    const { document } = frame.contentWindow;
    document.open();
    document.write('<p>new');
    document.close();
  },
  'a fragment': async (frame) => {
    const changed = next(frame.contentWindow, 'hashchange');
    frame.contentWindow.location.hash = 'fragment';
    await changed;
  },
  'history.pushState': (frame) => frame.contentWindow.history.pushState(null, '', '?pushed'),
};
for (const [what, leave] of Object.entries(leaving)) {
  for (const state of ['CONNECTING', 'OPEN', 'CLOSED']) {
    subtest(`${what}, with a socket that is ${state}`, async () => {
      const frame = await framed();
      const realm = frame.contentWindow;
      const seen = [];
      const socket = new realm.WebSocket(`${base}/${state === 'CONNECTING' ? 'slow?ms=3000' : 'echo'}`);
      if (state !== 'CONNECTING') await next(socket, 'open');
      if (state === 'CLOSED') await closed(socket);
      for (const type of ['open', 'message']) {
        socket.addEventListener(type, ({ target }) => seen.push([type, target.readyState]));
      }
      await leave(frame);
      seen.push(['left', ended(socket)]);
      await answered();
      seen.push(['later', ended(socket), outcome(() => socket.send('x')).thrown?.name]);
      frame.remove();
      socket.close();
      return seen;
    });
  }
}
for (const type of ['pagehide', 'beforeunload', 'unload', 'visibilitychange']) {
  subtest(`sending and closing in ${type}`, async () => {
    const frame = await framed();
    const realm = frame.contentWindow;
    const socket = new realm.WebSocket(`${base}/echo`);
    await next(socket, 'open');
    const seen = [];
    realm.addEventListener(type, () => {
      seen.push(
        ended(socket),
        outcome(() => socket.send('last')),
        socket.bufferedAmount,
      );
      seen.push(
        outcome(() => socket.close(3000, 'left')),
        ended(socket),
      );
    });
    const loaded = next(frame, 'load');
    frame.src = '/blank';
    await loaded;
    seen.push(ended(socket));
    frame.remove();
    return seen;
  });
}

const reporting = (script) => `<script>${script}</${'script'}>`;
const askedBy = `const socket = new WebSocket('${headersBase}/asked');
  socket.onmessage = ({ data }) => parent.postMessage([origin, JSON.parse(data).filter(([name]) => /origin|cookie/i.test(name))], '*');
  socket.onerror = () => parent.postMessage('error', '*');`;
subtest('the origin of a srcdoc frame', () => told(reporting(askedBy)));
subtest('the origin of a sandboxed frame', () => told(reporting(askedBy), 'allow-scripts'));
subtest('the origin of a data: frame', () => told(`data:text/html,${encodeURIComponent(reporting(askedBy))}`));
subtest('the origin of a blob: frame', () =>
  told(URL.createObjectURL(new Blob([reporting(askedBy)], { type: 'text/html' }))),
);
subtest('a function of a sandboxed frame', () =>
  told(
    reporting(
      `parent.postMessage([WebSocket + '', WebSocket.prototype.send + '', Function.prototype.toString + ''], '*')`,
    ),
    'allow-scripts',
  ),
);
for (const sources of ["'none'", "'self'", '*']) {
  subtest(`a policy of connect-src ${sources}`, () =>
    told(
      `<meta http-equiv="Content-Security-Policy" content="connect-src ${sources}">${reporting(`
        const seen = [];
        document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective, disposition }) =>
          seen.push([blockedURI, violatedDirective, disposition]));
        try {
          const socket = new WebSocket('${headersBase}/asked');
          for (const type of ['open', 'error', 'close']) socket['on' + type] = () => {
            // All that one task brings.
            if (seen.push([type, socket.readyState]) && type !== 'close') setTimeout(() => parent.postMessage(seen, '*'));
          };
        } catch (error) {
          parent.postMessage([...seen, String(error)], '*');
        }`)}`,
    ),
  );
}
subtest('where a policy was violated', () =>
  told(
    `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">${reporting(`
      document.addEventListener('securitypolicyviolation', ({ sourceFile, lineNumber, columnNumber }) =>
        parent.postMessage([sourceFile, lineNumber, columnNumber], '*'));
      try { new WebSocket('${headersBase}/asked') } catch {}`)}`,
  ),
);
subtest('a policy without scripts but those with a nonce', () =>
  told(
    `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-a'"><script nonce="a">
      const seen = [];
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => seen.push(blockedURI));
      const socket = new WebSocket('${headersBase}/asked');
      socket.onmessage = () => parent.postMessage([...seen, socket.readyState, WebSocket + ''], '*');</${'script'}>`,
  ),
);
subtest('a policy of trusted types', () =>
  told(
    `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types 'none'">${reporting(`
      const seen = [];
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => seen.push(blockedURI));
      const socket = new WebSocket('${headersBase}/asked');
      socket.onmessage = () => parent.postMessage([...seen, socket.readyState], '*');`)}`,
  ),
);

subtest('a worker', async () => {
  const code = `
    const socket = new WebSocket('${base}/echo');
    socket.onopen = () => socket.send('from a worker');
    socket.onmessage = ({ data }) => {
      let thrown;
      try { socket.close(1) } catch (error) { thrown = [error.name, error.message, error.stack.split('\\n').length] }
      postMessage([data, WebSocket + '', Object.getOwnPropertyNames(WebSocket), thrown]);
      socket.close();
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([code])));
  const { data } = await next(worker, 'message');
  worker.terminate();
  return data;
});
subtest('bufferedAmount over a synchronous request', async () => {
  const socket = await opened();
  socket.send('x'.repeat(100));
  const before = socket.bufferedAmount;
  const request = new XMLHttpRequest();
  request.open('GET', '/blank', false);
  request.send();
  const after = socket.bufferedAmount;
  await next(socket, 'message');
  await closed(socket);
  return [before, after];
});
