import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { floodPayload } from '../../demo/server';

/** Reads an NDJSON export of a flood; gives how many frames of `frames` are missing, out of order or different. */
export async function lostOfFlood(path: string, frames: number, size: number): Promise<number> {
  let next = 0;
  let wrong = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const frame = JSON.parse(line) as Record<string, unknown>;
    if (frame.type !== 'frame' || frame.direction !== 'received' || frame.kind !== 'text') continue;
    if (frame.text !== floodPayload(next, size, false).toString('latin1')) wrong++;
    next++;
  }
  return wrong + Math.abs(frames - next);
}
