import type { DemoConnection, Endpoint } from './endpoint';

function echo({ ws }: DemoConnection): void {
  ws.on('message', (data, binary) => {
    const whole = Array.isArray(data) ? Buffer.concat(data) : data;
    ws.send(whole, { binary });
  });
}

/** `/echo`: answers every message with itself, of the same type. */
export const echoEndpoint: Endpoint = { path: '/echo', serve: echo };

/** `/slow?ms=2000`: answers the handshake late, then echoes. */
export const slowEndpoint: Endpoint = {
  path: '/slow',
  admit({ query, socket }) {
    const wait = Math.min(Math.max(Number(query.get('ms') ?? 2000) || 0, 0), 600_000);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(!socket.destroyed), wait);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  },
  serve: echo,
};

/** `/sink`: takes everything and answers nothing; the log has it. */
export const sinkEndpoint: Endpoint = { path: '/sink' };

/** `/deaf`: reads nothing, so that what the page sends piles up. */
export const deafEndpoint: Endpoint = { path: '/deaf', serve: ({ ws }) => ws.pause() };
