import { describe, expect, it } from 'vitest';
import { FLAG, type Frame } from '../model/frame';
import { TimeOrder } from './time-order';

const frame = (connection: number, time: number, bytes = 1): Frame => ({
  time,
  connection,
  kind: 'binary',
  direction: 'sent',
  flags: FLAG.sent,
  length: bytes,
  payload: new Uint8Array(bytes).fill(time),
});

async function through(frames: Frame[], limit?: number): Promise<Frame[]> {
  const got: Frame[] = [];
  const refuse = () => {
    throw new Error('not expected');
  };
  const order = new TimeOrder(
    {
      session: refuse,
      document: refuse,
      connection: refuse,
      frame: (one) => {
        got.push({ ...one, payload: one.payload.slice() });
      },
    },
    limit,
  );
  for (const one of frames) await order.frame(one);
  await order.finish();
  return got;
}

const places = (frames: Frame[]) => frames.map(({ connection, time }) => `${connection}@${time}`).join(' ');

describe('TimeOrder', () => {
  it('orders many connections by time, payloads and all', async () => {
    const sorted = Array.from({ length: 3000 }, (_, i) => frame((i * 7919) % 13, i, 1 + (i % 900)));
    const grouped = sorted.toSorted((a, b) => a.connection - b.connection);
    expect(await through(grouped)).toEqual(sorted);
  });

  it("keeps a connection's own order where its times fall", async () => {
    const frames = [frame(1, 5), frame(1, 2), frame(1, 7), frame(2, 3), frame(2, 6)];
    expect(places(await through(frames))).toBe('2@3 1@5 1@2 2@6 1@7');
  });

  it('passes on what it holds when that is too much, and loses nothing', async () => {
    const frames = [frame(1, 1), frame(1, 4), frame(2, 2), frame(2, 3), frame(3, 1)];
    expect(places(await through(frames, 110))).toBe('1@1 2@2 2@3 1@4 3@1');
    expect(places(await through(frames, 0))).toBe('1@1 1@4 2@2 2@3 3@1');
  });
});
