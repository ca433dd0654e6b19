import type { FrameRow } from '../../core/messages/store';
import { hexByte } from '../text/bytesAs';
import { prettyJson } from '../text/prettyJson';
import { utf8Decoder } from '../text/utf8Decoder';
import type { ComparedFrame, CompareParts } from './compare';
import { decodedLines } from './decodedLines';

/** Payloads beyond this are compared by their beginnings. */
const MOST_BYTES = 1024 * 1024;

/** One side of a comparison. */
export async function comparedFrame({ link, log, payloads }: CompareParts, frame: number): Promise<ComparedFrame> {
  const { row, bytes, total } = await payloads.slice(log.id.peek(), frame, 0, MOST_BYTES);
  const decoded = row.kind === 'binary' ? await decodedLines(link, log.id.peek(), frame) : null;
  return { row, lines: decoded ?? linesOf(row, bytes), cut: total - bytes.length };
}

/** The focused frame after the one before it of the same kind on the same connection, among those listed. */
export async function withPrevious({ link, frames, detail }: CompareParts): Promise<readonly [number, number] | null> {
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
