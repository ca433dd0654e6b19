import { decode, encode } from '@msgpack/msgpack';
import { bytesOf } from '../logged-socket';
import { pace } from '../pace';
import { type Endpoint, whole } from './endpoint';

function command(data: Uint8Array): Record<string, unknown> {
  const value = decode(data);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function reading(sequence: number) {
  const turn = sequence / 40;
  return {
    kind: 'reading',
    device: `rover-${1 + (sequence % 3)}`,
    seq: sequence,
    at: new Date(),
    position: { lat: 59.33 + Math.sin(turn) / 100, lon: 18.06 + Math.cos(turn) / 100 },
    battery: 1 - (sequence % 1000) / 1000,
    temperature: 20 + Math.sin(turn) * 5,
    samples: Uint8Array.from({ length: 16 }, (_, index) => (sequence * 7 + index * 13) & 255),
    flags: [sequence % 2 === 0, null],
  };
}

/**
 * `/telemetry?rate=4`: readings in MessagePack, in binary messages. The page may send
 * `{command: 'rate', perSecond}` or `{command: 'mark', note}`, in MessagePack too, and gets `{kind: 'done', …}`.
 */
export const telemetryEndpoint: Endpoint = {
  path: '/telemetry',
  serve({ ws, query, signal }) {
    let sequence = 0;
    let running = new AbortController();
    const start = (perSecond: number): void => {
      running.abort();
      running = new AbortController();
      const send = (due: number): void => {
        for (let index = 0; index < due; index += 1) {
          sequence += 1;
          ws.send(encode(reading(sequence)));
        }
      };
      if (perSecond > 0) pace(perSecond, send, AbortSignal.any([signal, running.signal]));
    };
    ws.on('message', (data) => {
      try {
        const asked = command(bytesOf(data));
        if (asked.command === 'rate' && typeof asked.perSecond === 'number') start(Math.min(asked.perSecond, 10_000));
        ws.send(encode({ kind: 'done', ...asked }));
      } catch (error) {
        ws.send(encode({ kind: 'error', text: `not MessagePack: ${String(error)}` }));
      }
    });
    start(whole(query, 'rate', 4, 1, 10_000));
  },
};
