import { utf8 } from '../reader';
import { cut, LIMITS } from '../tree';

/** White space beyond this many bytes is not looked past. */
const SCANNED = 65_536;

/**
 * JSON text between two byte offsets without the white space between tokens, cut at `max` UTF-16 units. The text need
 * not be valid; a bounded part of it is looked at.
 */
export function compactJson(
  bytes: Uint8Array,
  start = 0,
  end: number = bytes.length,
  max: number = LIMITS.summary,
): string {
  // A UTF-16 unit is at most three bytes of UTF-8, one more tells that there is more.
  const kept = new Uint8Array(Math.min(end - start, max * 3 + 4));
  const stop = Math.min(end, start + SCANNED);
  let count = 0;
  let inString = false;
  for (let i = start; i < stop && count < kept.length; i++) {
    const c = bytes[i] as number;
    if (!inString && (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09)) continue;
    kept[count++] = Math.max(c, 0x20);
    if (c === 0x22) inString = !inString;
    else if (c === 0x5c && inString && i + 1 < stop && count < kept.length)
      kept[count++] = Math.max(bytes[++i] as number, 0x20);
  }
  return cut(utf8(kept.subarray(0, count)), max);
}
