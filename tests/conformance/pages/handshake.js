/**
 * WHATWG WebSockets §2 (the opening handshake, as Fetch §3.5 has it) and RFC 6455 §4: what goes to the server, what
 * comes back, and what the page is told when it fails.
 * https://websockets.spec.whatwg.org/#protocol
 */

subtest('chosen subprotocol', async () => {
  const socket = new WebSocket(`${base}/protocols?pick=demo.v1`, ['demo.v3', 'demo.v1']);
  const message = await next(socket, 'message');
  await closed(socket);
  return [socket.protocol, JSON.parse(message.data)];
});
subtest('no subprotocol in common', async () => {
  const socket = new WebSocket(`${base}/protocols`, 'unknown');
  const events = [];
  for (const type of ['open', 'error', 'close']) socket.addEventListener(type, (event) => events.push(event));
  // One browser gives up, another goes on without.
  await Promise.race([next(socket, 'open'), next(socket, 'close')]);
  await closed(socket);
  return [events, socket.protocol, socket.readyState];
});
for (const path of ['/refuse?status=403', '/refuse?status=200', '/refuse?status=301', '/bad-accept', '/missing']) {
  subtest(`handshake that fails: ${path}`, async () => {
    const socket = new WebSocket(base + path);
    const events = [];
    for (const type of ['open', 'error', 'close']) socket.addEventListener(type, (event) => events.push(event));
    await next(socket, 'close');
    return [events, socket.readyState, socket.bufferedAmount];
  });
}

/** The request of a handshake as the server of this page's second address saw it, but for what is random. */
async function asked(make, protocols) {
  const socket = make(`${headersBase}/asked`, protocols);
  const { data } = await next(socket, 'message');
  await closed(socket);
  return JSON.parse(data).filter(([name]) => name.toLowerCase() !== 'sec-websocket-key');
}
const plain = (url, protocols) => (protocols ? new WebSocket(url, protocols) : new WebSocket(url));

subtest('the headers, in order', () => asked(plain));
subtest('the headers with subprotocols', () => asked(plain, ['a', 'b']));
subtest('the headers from a subclass', () => asked((url) => new (class extends WebSocket {})(url)));
subtest('the headers with a name and a password in the address', () =>
  asked((url) => plain(url.replace('ws://', 'ws://name:word@'))),
);
subtest('the headers with cookies', async () => {
  document.cookie = 'seen=1; path=/';
  document.cookie = 'elsewhere=1; path=/elsewhere';
  const seen = await asked(plain);
  for (const name of ['seen', 'elsewhere'])
    document.cookie = `${name}=; path=/${name === 'seen' ? '' : name}; max-age=0`;
  return seen;
});
subtest('a cookie that the handshake sets', async () => {
  const socket = new WebSocket(`${headersBase}/cookie`);
  await next(socket, 'message');
  await closed(socket);
  const seen = document.cookie;
  document.cookie = 'handshake=; path=/; max-age=0';
  return seen;
});
for (const policy of ['no-referrer', 'unsafe-url', 'origin']) {
  subtest(`the headers with the referrer policy ${policy}`, async () => {
    const meta = document.head.appendChild(
      Object.assign(document.createElement('meta'), { name: 'referrer', content: policy }),
    );
    const seen = await asked(plain);
    meta.remove();
    return seen;
  });
}
for (const port of [1, 25, 6667]) {
  subtest(`a port that is blocked: ${port}`, async () => {
    const result = outcome(() => new WebSocket(`ws://${location.hostname}:${port}/`));
    if ('thrown' in result) return result;
    const events = [];
    for (const type of ['open', 'error', 'close'])
      result.returned.addEventListener(type, (event) => events.push(event));
    await next(result.returned, 'close');
    return events;
  });
}
subtest('thirty at once', async () => {
  const sockets = Array.from({ length: 30 }, () => new WebSocket(`${base}/echo`));
  await Promise.all(sockets.map((socket) => next(socket, 'open')));
  for (const [index, socket] of sockets.entries()) socket.send(`${index}`);
  const seen = await Promise.all(sockets.map(async (socket) => (await next(socket, 'message')).data));
  await Promise.all(sockets.map(closed));
  return seen;
});
subtest('a socket that is opened when another closes', async () => {
  const first = await opened();
  const second = await new Promise((resolve) => {
    first.onclose = () => resolve(new WebSocket(`${base}/echo`));
    first.close();
  });
  await next(second, 'open');
  await closed(second);
  return second.readyState;
});
