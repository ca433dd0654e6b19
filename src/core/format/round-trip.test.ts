import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
  it('gives back every session, connection by connection, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, anySizes, async (whole, sizes) => {
        const bytes = await writeAll(har, whole);
        const grouped = whole.frames.toSorted((a, b) => a.connection - b.connection);
        expect(await readAll(har, inPieces(bytes, sizes))).toEqual({ ...whole, frames: grouped });
      }),
      { numRuns: 150 },
    );
  });
});
