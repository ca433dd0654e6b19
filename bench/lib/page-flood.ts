import type { PageHandle } from '../../src/testing/driver';

export interface Flood {
  /** Address of the demo server's `/flood`, with `wait=1`. */
  url: string;
  frames: number;
  /** Whether the page looks at what it receives, as pages do. The browser makes a string for whoever is the first to ask. */
  read?: boolean;
}

/** Receives a flood in the page; gives the milliseconds from the first message sent to the last received. */
export function receiveFlood(page: PageHandle, flood: Flood): Promise<number> {
  return page.evaluate(({ url, frames, read = true }: Flood) => {
    const socket = new WebSocket(url);
    return new Promise<number>((done, failed) => {
      let left = frames;
      let start = 0;
      let units = 0;
      socket.onmessage = (event) => {
        if (read) units += event.data.length;
        if (--left > 0) return;
        socket.onclose = null;
        if (read && units === 0) failed(new Error('Nothing was read'));
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
