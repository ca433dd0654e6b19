import { type DemoConnection, type Endpoint, whole } from './endpoint';

const NO_STATUS = 1005;
const ABNORMAL = 1006;

/** Codes that `ws` agrees to send: RFC 6455 section 7.4 without those that never cross the wire. */
function sendable(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, NO_STATUS, ABNORMAL].includes(code)) || (code >= 3000 && code <= 4999)
  );
}

/**
 * Closes as the page is to see it: 1005 sends a close frame without a code, 1006 drops the stream; a code that no
 * endpoint may send (1004, 1015, 999, 5000) goes out in a frame of our own, which browsers treat as a broken one.
 * `reason` takes at most 123 bytes.
 */
export function closeWith({ ws, socket }: DemoConnection, code: number, reason: string): void {
  if (code === NO_STATUS) ws.close();
  else if (code === ABNORMAL) socket.destroy();
  else if (sendable(code)) ws.close(code, reason);
  else {
    const text = Buffer.from(reason).subarray(0, 123);
    const head = Buffer.from([0x88, 2 + text.length, (code >> 8) & 255, code & 255]);
    socket.write(Buffer.concat([head, text]));
  }
}

/** `/close?code=1000&reason=…&when=open|message`: closes at once, or at the page's first message (the default). */
export const closeEndpoint: Endpoint = {
  path: '/close',
  serve(connection) {
    const code = whole(connection.query, 'code', 1000, 0, 65_535);
    const close = (): void => closeWith(connection, code, connection.query.get('reason') ?? '');
    if (connection.query.get('when') === 'open') close();
    else connection.ws.once('message', close);
  },
};

/** `/unsteady?after=5&ms=400`: sends a line each `ms` and drops the connection (1006) after `after` of them. */
export const unsteadyEndpoint: Endpoint = {
  path: '/unsteady',
  serve(connection) {
    const { ws, query, signal } = connection;
    const after = whole(query, 'after', 5, 0, 1_000_000);
    let line = 0;
    const timer = setInterval(
      () => {
        line += 1;
        if (line > after) closeWith(connection, ABNORMAL, '');
        else ws.send(JSON.stringify({ type: 'line', line, of: after }));
      },
      whole(query, 'ms', 400, 1, 60_000),
    );
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  },
};
