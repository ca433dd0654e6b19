/**
 * What pages do with a socket, on the `WebSocket` of now, against an echo; what they see of it is told. A page finds it
 * as `globalThis.exercise`. It gives the closed socket. A listener throws `of the page, LABEL` once.
 */
export async function exercise(label: string, url: string, told: string[]): Promise<WebSocket> {
  const tell = (what: string, ...details: unknown[]) => told.push([`${label}: ${what}`, ...details].join(' '));
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  tell('class', WebSocket.name, WebSocket.length, WebSocket.OPEN, String(WebSocket));
  tell('socket', socket instanceof WebSocket, Object.prototype.toString.call(socket), socket.readyState, socket.url);
  const shown = (data: unknown) =>
    data instanceof ArrayBuffer ? `bytes ${new Uint8Array(data).join()}` : `${typeof data} ${data}`;
  const next = (type: string) => new Promise<Event>((done) => socket.addEventListener(type, done, { once: true }));
  for (const type of ['open', 'message', 'close', 'error']) {
    socket.addEventListener(type, (event) => tell('heard', type, event.isTrusted, event.target === socket));
  }
  const removed = () => tell('heard though removed');
  socket.addEventListener('message', removed);
  socket.removeEventListener('message', removed);
  socket.addEventListener('message', { handleEvent: ({ type }: Event) => void tell('object heard', type) });
  socket.onmessage = ({ data }) => tell('onmessage', shown(data));
  await next('open');
  tell('open', socket.readyState, socket.protocol, socket.extensions);
  for (const data of [
    'text',
    'ünï 👩‍👩‍👧',
    '',
    Uint8Array.of(0, 1, 2, 250).subarray(1),
    new ArrayBuffer(3),
    new Blob(['blob']),
  ]) {
    const answer = next('message');
    socket.send(data);
    await answer;
  }
  socket.onmessage = () => {
    socket.onmessage = null;
    throw new Error(`of the page, ${label}`);
  };
  const answers = new Promise<void>((done) => {
    let count = 0;
    socket.addEventListener('message', () => ++count === 3 && done());
  });
  for (const text of ['one', 'two', 'three']) socket.send(text);
  await answers;
  const closed = next('close');
  try {
    socket.close(1);
  } catch (error) {
    tell('refused', (error as Error).name, (error as Error).message);
  }
  socket.close(4001, 'enough');
  tell('closing', socket.readyState);
  const { code, reason, wasClean } = (await closed) as CloseEvent;
  tell('closed', code, reason, wasClean, socket.readyState);
  return socket;
}
