import { pace } from '../pace';
import { floodPayload } from '../payloads';
import { type DemoConnection, type Endpoint, whole } from './endpoint';

/** Bytes handed to the socket at a time; the next lot follows when the kernel took these. */
const LOT_BYTES = 256 * 1024;
/** A paced flood skips its turn while the socket holds more than this. */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;

interface Flood {
  count: number;
  size: number;
  rate: number;
  binary: boolean;
  close: boolean;
}

function read(query: URLSearchParams): Flood {
  return {
    count: whole(query, 'count', 1000, 0, Number.MAX_SAFE_INTEGER),
    size: whole(query, 'size', 200, 0, 256 * 1024 * 1024),
    rate: whole(query, 'rate', 0, 0, 1_000_000),
    binary: query.get('binary') === '1',
    close: query.get('close') === '1',
  };
}

function run({ ws, socket, signal }: DemoConnection, flood: Flood): void {
  const count = flood.count || Number.POSITIVE_INFINITY;
  let sequence = 0;

  const sendLot = (most: number, written?: () => void): void => {
    socket.cork();
    const end = Math.min(sequence + most, count);
    while (sequence < end && ws.readyState === ws.OPEN) {
      const payload = floodPayload(sequence, flood.size, flood.binary);
      sequence += 1;
      ws.send(payload, { binary: flood.binary }, sequence === end ? written : undefined);
    }
    socket.uncork();
  };
  const finish = (): boolean => {
    if (sequence < count) return false;
    if (flood.close) ws.close(1000, 'flood over');
    return true;
  };

  if (flood.rate > 0) {
    const over = new AbortController();
    const send = (due: number): void => {
      if (ws.bufferedAmount < HIGH_WATER_BYTES) sendLot(due);
      if (finish()) over.abort();
    };
    pace(flood.rate, send, AbortSignal.any([signal, over.signal]));
    return;
  }
  const lot = Math.max(1, Math.floor(LOT_BYTES / Math.max(flood.size, 64)));
  const next = (): void => {
    if (!signal.aborted && !finish()) sendLot(lot, next);
  };
  next();
}

/**
 * `/flood?count=1000&size=200&rate=0&binary=0&wait=0&close=0`: sends `count` frames (0: without end) of exactly `size`
 * bytes, frame n being `floodPayload(n, size, binary)`; `rate` a second, or 0 for as fast as the socket takes them;
 * `wait=1` begins at the page's first message; `close=1` closes with 1000 after the last. Payloads are counted in the
 * log and not kept.
 */
export const floodEndpoint: Endpoint = {
  path: '/flood',
  serve(connection) {
    const flood = read(connection.query);
    connection.ws.keepPayloads = false;
    if (connection.query.get('wait') === '1') connection.ws.once('message', () => run(connection, flood));
    else run(connection, flood);
  },
};
