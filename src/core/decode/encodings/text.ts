import { utf8, utf8Strict } from '../reader';
import { NO } from '../sniffing';
import { LIMITS, oneLine } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';

/** Plain text, UTF-8. What is left where nothing else fits a text message. */
export const text = {
  id: 'text',
  label: 'Text',
  layer: 'encoding',
  sniff(_: unknown, samples: Sample[]) {
    return samples.some((sample) => sample.text) ? { confidence: 0.05, reason: 'text messages' } : NO;
  },
  decode(payload: Uint8Array): Decoded {
    // A character takes at most four bytes; line breaks and spaces may be folded.
    const head = utf8(payload.subarray(0, LIMITS.summary * 8));
    const valid = payload.length > 1 << 20 || utf8Strict(payload) !== undefined;
    return {
      tree: {
        name: '',
        type: 'string',
        get value() {
          return utf8(payload);
        },
        start: 0,
        end: payload.length,
      },
      summary: oneLine(head),
      kind: '',
      ...(valid ? {} : { problem: { message: 'not valid UTF-8', at: invalidAt(payload) } }),
      json: () => utf8(payload),
    };
  },
} satisfies Decoder;

/** Offset of the first byte that no valid UTF-8 can have there: the longest valid beginning, by halving. */
function invalidAt(payload: Uint8Array): number {
  let good = 0;
  let bad = payload.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(payload.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether more bytes could make it valid. */
function isBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
