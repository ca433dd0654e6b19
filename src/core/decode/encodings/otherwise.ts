import type { DecodeContext, Decoded } from '../types';
import { json } from './json';

/**
 * A message that is not what the decoder reads, shown as JSON, text or bytes. Connections mix: control messages are
 * JSON text where the data is binary. So nothing is wrong with it if it is of the other sort, text or binary.
 * @param wants the sort that the decoder reads
 * @param message what is wrong with a message of that sort, from byte `at` on
 */
export function otherwise(
  payload: Uint8Array,
  context: DecodeContext,
  wants: 'text' | 'binary',
  message: string,
  at = 0,
): Decoded {
  const { problem, ...shown } = json.decode(payload, context);
  if (context.text === (wants === 'text')) return { ...shown, problem: { message, at } };
  return problem && problem.at > 0 ? { ...shown, problem } : shown;
}
