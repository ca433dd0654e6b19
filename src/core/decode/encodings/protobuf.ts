import { NO, share } from '../sniffing';
import { kindOf, LIMITS, oneLine } from '../tree';
import type { Decoder } from '../types';
import { otherwise } from './otherwise';
import { guess, guessedMessage, guessedPreview, guessedValue } from './protobuf-guess';
import { fieldsOf, type WireField } from './protobuf-wire';

/** Bytes of a message above which it is judged by its beginning only. */
const WHOLE = 65_536;
/** Field numbers of messages that people write; larger ones are seldom. */
const USUAL_NUMBER = 200;

/**
 * Protocol Buffers without a schema: fields by number, and for bytes the best guess of text, message, packed numbers
 * or bytes. Notes tell what else a number may be.
 */
export const protobuf: Decoder = {
  id: 'protobuf',
  label: 'Protobuf',
  layer: 'encoding',
  sniff({ url, protocol }, samples) {
    const binary = samples.filter((sample) => !sample.text && sample.payload.length > 1);
    const part = share(binary, ({ payload }) => isLikely(payload));
    if (part < 0.7) return NO;
    const told = /proto(buf)?\b/i.test(`${protocol} ${url}`);
    return told
      ? { confidence: 0.85 * part, reason: 'messages are Protobuf fields, and the address says so' }
      : { confidence: 0.42 * part, reason: 'messages can be read as Protobuf fields' };
  },
  decode(payload, context) {
    if (context.text) return otherwise(payload, context, 'binary', '');
    let broken: WireField['broken'];
    const numbers = new Set<number>();
    for (const field of fieldsOf(payload, 0, payload.length)) {
      broken = field.broken;
      if (!broken && numbers.size < 12) numbers.add(field.number);
    }
    return {
      tree: guessedMessage('', payload, 0, payload.length, { start: 0, end: payload.length }),
      summary: oneLine(guessedPreview(payload, 0, payload.length, LIMITS.summary, 4)),
      kind: kindOf(`{${[...numbers].join(', ')}}`),
      ...(broken && { problem: { message: broken.message, at: broken.at } }),
      json: () => guessedValue(payload, 0, payload.length, LIMITS.depth),
    };
  },
};

/** Whole, with usual field numbers, and with text or a message within: random bytes seldom have all of that. */
function isLikely(payload: Uint8Array): boolean {
  const to = Math.min(payload.length, WHOLE);
  let telling = false;
  for (const field of fieldsOf(payload, 0, to)) {
    if (field.broken) return payload.length > WHOLE && telling;
    if (field.number > USUAL_NUMBER || field.wire === 3) return false;
    if (field.wire === 2 && field.valueEnd > field.valueStart) telling ||= guess(payload, field) !== 'bytes';
  }
  return telling;
}
