import { effect, signal } from '@preact/signals';
import type { FrameRow } from '../../core/messages/store';
import { hexByte } from '../text/bytesAs';
import { prettyJson } from '../text/prettyJson';
import { utf8Decoder } from '../text/utf8Decoder';
import { decodedLines } from './decodedLines';
import type { Detail } from './detail';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Log } from './log';
import type { Payloads } from './payloads';
import type { Selection } from './selection';

/** Payloads beyond this are compared by their beginnings. */
const MOST_BYTES = 1024 * 1024;

/** One side of a comparison. */
export interface ComparedFrame {
  row: FrameRow;
  lines: string[];
  /** Bytes that were left out at the end. */
  cut: number;
}

/** Two frames side by side. `pair` is `null` while nothing is compared. */
export function createCompare(parts: {
  link: Link;
  log: Log;
  frames: Frames;
  selection: Selection;
  detail: Detail;
  payloads: Payloads;
  failed: (error: unknown) => void;
}) {
  const { link, log, frames, selection, detail, payloads, failed } = parts;
  let last = 0;
  const pair = signal<readonly [ComparedFrame, ComparedFrame] | null>(null);

  async function load(frame: number): Promise<ComparedFrame> {
    const { row, bytes, total } = await payloads.slice(log.id.peek(), frame, 0, MOST_BYTES);
    const decoded = row.kind === 'binary' ? await decodedLines(link, log.id.peek(), frame) : null;
    return { row, lines: decoded ?? linesOf(row, bytes), cut: total - bytes.length };
  }

  /** Compares what `pick` gives, unless something else is wanted by then. Gives `false` where it gives nothing. */
  async function show(pick: () => Promise<readonly [number, number] | null>): Promise<boolean> {
    const mine = ++last;
    try {
      const picked = await pick();
      if (!picked) return false;
      const both = await Promise.all([load(picked[0]), load(picked[1])]);
      if (mine === last) pair.value = both;
    } catch (error) {
      failed(error);
    }
    return true;
  }

  function close(): void {
    last++;
    pair.value = null;
  }

  // Whoever selects something else wants to read that.
  effect(() => {
    void selection.which.value;
    close();
  });

  return {
    pair,
    close,
    /** Compares the two frames that are selected, the earlier one first. */
    selected: () =>
      show(async () => {
        const [before, after] = await selection.numbers();
        return after === undefined ? null : [before, after];
      }),
    /** Compares the focused frame with the one before it of the same kind on the same connection, among those listed. */
    withPrevious: () =>
      show(async () => {
        const row = detail.focused();
        if (!row) return null;
        const place = await frames.placeOf(row.frame);
        const from = place.exact ? place.row - 1 : place.row;
        if (from < 0) return null;
        const kind = row.messageKind ? `kind:${JSON.stringify(row.messageKind)}` : `kind:${row.kind}`;
        const query = `conn:${row.connection} dir:${row.direction} ${kind}`;
        const { view } = frames.state.peek();
        const found = await link.store.call('find', { view, query, from, backwards: true });
        const before = found.row < 0 ? null : await frames.frameAt(found.row);
        return before === null ? null : [before, row.frame];
      }),
  };
}

function linesOf(row: FrameRow, bytes: Uint8Array): string[] {
  if (row.kind === 'binary') return hexLines(bytes);
  const text = utf8Decoder().decode(bytes);
  return (prettyJson(text) ?? text).split('\n');
}

function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(Array.from(bytes.subarray(at, at + 16), hexByte).join(' '));
  return lines;
}
