import { signal } from '@preact/signals';
import type { FrameRow } from '../../core/messages/store';
import { hexByte } from '../text/bytesAs';
import { prettyJson } from '../text/prettyJson';
import { utf8Decoder } from '../text/utf8Decoder';
import { decodedLines } from './decodedLines';
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
  payloads: Payloads;
  failed: (error: unknown) => void;
}) {
  const { link, log, frames, selection, payloads, failed } = parts;
  const pair = signal<readonly [ComparedFrame, ComparedFrame] | null>(null);

  async function load(frame: number): Promise<ComparedFrame> {
    const { row, bytes, total } = await payloads.slice(log.id.peek(), frame, 0, MOST_BYTES);
    const decoded = row.kind === 'binary' ? await decodedLines(link, log.id.peek(), frame) : null;
    return { row, lines: decoded ?? linesOf(row, bytes), cut: total - bytes.length };
  }

  async function show(before: number, after: number): Promise<void> {
    pair.value = await Promise.all([load(before), load(after)]);
  }

  return {
    pair,
    close() {
      pair.value = null;
    },
    /** Compares the two frames that are selected, the earlier one first. */
    async selected(): Promise<void> {
      try {
        const [before, after] = await selection.numbers();
        if (after !== undefined) await show(before, after);
      } catch (error) {
        failed(error);
      }
    },
    /** Compares the focused frame with the one before it of the same kind on the same connection, among those listed. */
    async withPrevious(): Promise<boolean> {
      const spot = selection.focus.peek();
      const row = spot && frames.rowAt(spot.row);
      if (!row || spot.row === 0) return false;
      try {
        const kind = row.messageKind ? `kind:${JSON.stringify(row.messageKind)}` : `kind:${row.kind}`;
        const query = `conn:${row.connection} dir:${row.direction} ${kind}`;
        const { view } = frames.state.peek();
        const found = await link.store.call('find', { view, query, from: spot.row - 1, backwards: true });
        const before = found.row < 0 ? null : await frames.frameAt(found.row);
        if (before === null) return false;
        await show(before, row.frame);
        return true;
      } catch (error) {
        failed(error);
        return true;
      }
    },
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
