/** What the pages do with sockets, in few words. */

const base = `ws://${location.host}`;

/** The next event of a type. */
function next(target, type) {
  return new Promise((resolve) => {
    target.addEventListener(type, resolve, { once: true });
  });
}

/** Everything that was under way in this task is over. */
function turn() {
  const { port1, port2 } = new MessageChannel();
  const over = next(port1, 'message');
  port1.start();
  port2.postMessage(null);
  return over.then(() => port1.close());
}

/** A socket that is open. */
async function opened(path = '/echo', protocols = undefined) {
  const socket = protocols === undefined ? new WebSocket(base + path) : new WebSocket(base + path, protocols);
  await next(socket, 'open');
  return socket;
}

/** Closes a socket, and waits for it. */
async function closed(socket) {
  if (socket.readyState === WebSocket.CLOSED) return;
  const end = next(socket, 'close');
  socket.close();
  await end;
}

/** A socket in each of the four states, which is closed afterwards. A handshake that is answered late is still going on. */
async function inState(state, run) {
  const socket = state === 'CONNECTING' ? new WebSocket(`${base}/slow?ms=30`) : await opened();
  if (state === 'CLOSED') await closed(socket);
  if (state === 'CLOSING') socket.close();
  expect(socket.readyState, WebSocket[state]);
  const end = socket.readyState === WebSocket.CLOSED ? null : next(socket, 'close');
  const result = await run(socket);
  socket.close();
  await end;
  return result;
}

const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
