import { FormatError } from './types';

/** A longer line would not fit a JavaScript string on every browser. */
const MAX_LINE_BYTES = 256 << 20;

const LINE_FEED = 0x0a;

/**
 * Cuts a file that arrives in chunks into lines. Gives the lines of one chunk at a time, so that reading costs one
 * step a chunk and not one a line. A line is bytes without its line feed, valid until the next step.
 * @throws {FormatError} for a line of more than {@link MAX_LINE_BYTES}
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<Uint8Array>, void> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  let number = 1;

  for await (const chunk of chunks) {
    const first = chunk.indexOf(LINE_FEED);
    if (first < 0) {
      begun.push(chunk.slice());
      begunBytes += chunk.length;
      if (begunBytes > MAX_LINE_BYTES) {
        throw new FormatError(`The line is longer than ${MAX_LINE_BYTES >> 20} MiB`, `line ${number}`);
      }
      continue;
    }
    const last = chunk.lastIndexOf(LINE_FEED);
    const head = begun.length === 0 ? chunk.subarray(0, first) : joined([...begun, chunk.subarray(0, first)]);
    yield (function* () {
      number++;
      yield head;
      for (let from = first + 1; from <= last; ) {
        const to = chunk.indexOf(LINE_FEED, from);
        number++;
        yield chunk.subarray(from, to);
        from = to + 1;
      }
    })();
    begun = [chunk.slice(last + 1)];
    begunBytes = begun[0].length;
  }
  if (begunBytes > 0) yield [joined(begun)];
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
