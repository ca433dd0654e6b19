import { type Database, keysOf } from './database';
import type { SegmentReader } from './segment-reader';

/** Payloads of a segment, whether it lies in one record or in pieces; `null` when it is not there. */
export async function loadSegment(
  database: Database | null,
  session: string,
  segment: number,
): Promise<Uint8Array | null> {
  const pieces = await orNothing(database?.getAll('payloads', keysOf(session, segment)));
  if (pieces.length <= 1) return pieces[0] ?? null;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The same, read by another thread where there is one. */
export async function fetchSegment(
  reader: SegmentReader | null,
  database: Database | null,
  session: string,
  segment: number,
): Promise<Uint8Array | null> {
  // A reader that failed must not cost payloads: then they are read here.
  const read = database === null ? null : await reader?.read(session, segment).catch(() => null);
  return read ?? loadSegment(database, session, segment);
}

/** Parts `from` to `to` (inclusive) of a payload that lies apart. */
export async function loadParts(
  database: Database | null,
  session: string,
  frame: number,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const range = IDBKeyRange.bound([session, frame, from], [session, frame, to]);
  return orNothing(database?.getAll('parts', range));
}

/** A database that fails has no payloads any more; the rows say so, and the writer tells why. */
async function orNothing<T>(reading: Promise<T[]> | undefined): Promise<T[]> {
  try {
    return (await reading) ?? [];
  } catch {
    return [];
  }
}
