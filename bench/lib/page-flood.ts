import type { PageHandle } from '../../src/testing/driver';

export interface Flood {
  /** Address of the demo server's `/flood`, with `wait=1`. */
  url: string;
  frames: number;
}

/** Receives a flood in the page; gives the milliseconds from the first message sent to the last received. */
export function receiveFlood(page: PageHandle, flood: Flood): Promise<number> {
  return page.evaluate(({ url, frames }: Flood) => {
    const socket = new WebSocket(url);
    return new Promise<number>((done, failed) => {
      let left = frames;
      let start = 0;
      socket.onmessage = () => {
        if (--left > 0) return;
        socket.onclose = null;
        done(performance.now() - start);
      };
      socket.onclose = ({ code }) => failed(new Error(`Closed with ${code}, ${left} frames missing`));
      socket.onopen = () => {
        start = performance.now();
        socket.send('go');
      };
    });
  }, flood);
}
