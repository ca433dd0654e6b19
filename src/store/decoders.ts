import type { DecodeContext, Decoded, Decoder, Sample } from '../core/decode/types';

/** What the store needs of `core/decode/registry`, which is loaded when first asked for. */
export interface Decoders {
  decoders: readonly Decoder[];
  chooseDecoder(
    context: Pick<DecodeContext, 'url' | 'protocol'>,
    samples: Sample[],
  ): { decoder: Decoder; confidence: number; reason: string };
  decodeFrame(decoder: Decoder, payload: Uint8Array, context: DecodeContext): Decoded;
}
