import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/frame';
import { har } from './har';
import { ndjson } from './ndjson';
import { anySession, anySizes, inPieces, readAll, writeAll } from './testing/sessions';

describe('ndjson', () => {
  it('gives back every session, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, anySizes, async (whole, sizes) => {
        const bytes = await writeAll(ndjson, whole);
        expect(await readAll(ndjson, inPieces(bytes, sizes))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });
});

describe('har', () => {
  it('gives back every session, the frames of each connection in their order, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, anySizes, async (whole, sizes) => {
        const bytes = await writeAll(har, whole);
        const read = await readAll(har, inPieces(bytes, sizes));
        const grouped = (frames: Frame[]) => frames.toSorted((a, b) => a.connection - b.connection);
        expect({ ...read, frames: grouped(read.frames) }).toEqual({ ...whole, frames: grouped(whole.frames) });
      }),
      { numRuns: 150 },
    );
  });

  it('gives back the order of a log whose times rise', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, anySizes, async (whole, sizes) => {
        const frames = whole.frames.map((frame, i) => ({ ...frame, time: 1_795_000_000_000 + i / 2 }));
        const bytes = await writeAll(har, { ...whole, frames });
        expect((await readAll(har, inPieces(bytes, sizes))).frames).toEqual(frames);
      }),
      { numRuns: 50 },
    );
  });

  it('writes times of our days without a second, exact one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 1.1e12, max: 2.1e12, noNaN: true }), async (time) => {
        const seconds: unknown = JSON.parse(String(time / 1000));
        expect(Number(seconds) * 1000).toBe(time);
      }),
    );
  });
});
