import { pipelineDecoder } from '../core/decode/pipeline';
import type { Decoder } from '../core/decode/types';
import type { UserDecoder } from '../core/decode/user-decoder';
import type { Decoders } from './decoders';
import { FunctionDecoder, type SandboxWorker } from './function-decoder';

/**
 * The decoder that a definition describes.
 * @param createSandbox `null` where functions are not run
 */
export function userDecoder(
  definition: UserDecoder,
  { decoders }: Pick<Decoders, 'decoders'>,
  createSandbox: (() => SandboxWorker) | null,
): Decoder {
  if (definition.type === 'function') return new FunctionDecoder(definition, createSandbox);
  const made = pipelineDecoder(definition, (id) => decoders.find((decoder) => decoder.id === id));
  return { ...made, user: definition };
}
