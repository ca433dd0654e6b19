import { pace } from '../pace';
import { type Endpoint, fields, whole } from './endpoint';

const SLOWEST = 1;
const FASTEST = 10_000;
/** A page that reads slower than it asked for skips messages rather than fill the server's memory. */
const HIGH_WATER_BYTES = 8 * 1024 * 1024;

const OPENING_PRICES: Record<string, number> = {
  AKRA: 41.2,
  BOLT: 312.75,
  CIRR: 9.84,
  DUNE: 128.5,
  ELMS: 77.03,
  FJRD: 1840.6,
};

function market() {
  const prices = Object.entries(OPENING_PRICES).map(([symbol, price]) => ({ symbol, price }));
  let sequence = 0;
  return (): string => {
    sequence += 1;
    const quote = prices[Math.floor(Math.random() * prices.length)] ?? { symbol: 'AKRA', price: 41.2 };
    quote.price = Math.max(0.01, quote.price * (1 + (Math.random() - 0.5) / 500));
    return JSON.stringify({
      type: 'trade',
      seq: sequence,
      symbol: quote.symbol,
      price: Number(quote.price.toFixed(2)),
      size: 1 + Math.floor(Math.random() * 500),
      side: Math.random() < 0.5 ? 'buy' : 'sell',
      at: Date.now(),
    });
  };
}

/**
 * `/ticker?rate=5`: trades in JSON, 1 to 10,000 a second; the page changes that with `{"type":"rate","perSecond":n}`
 * (0 stops) and is told `{"type":"rate","perSecond":n,"skipped":n}`.
 */
export const tickerEndpoint: Endpoint = {
  path: '/ticker',
  serve({ ws, query, signal }) {
    const trade = market();
    let skipped = 0;
    let running = new AbortController();
    const send = (due: number): void => {
      if (ws.bufferedAmount > HIGH_WATER_BYTES) skipped += due;
      else for (let index = 0; index < due; index += 1) ws.send(trade());
    };
    const setRate = (perSecond: number): void => {
      running.abort();
      running = new AbortController();
      if (perSecond > 0) pace(perSecond, send, AbortSignal.any([signal, running.signal]));
      ws.send(JSON.stringify({ type: 'rate', perSecond, skipped }));
    };
    ws.on('message', (data) => {
      const message = fields(data.toString());
      const wanted = message?.type === 'rate' ? message.perSecond : undefined;
      if (typeof wanted !== 'number' || !Number.isFinite(wanted)) {
        ws.send(JSON.stringify({ type: 'error', text: 'expected {"type":"rate","perSecond":number}' }));
      } else setRate(wanted <= 0 ? 0 : Math.min(Math.max(wanted, SLOWEST), FASTEST));
    });
    setRate(whole(query, 'rate', 5, SLOWEST, FASTEST));
  },
};
