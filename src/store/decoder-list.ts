import type { Decoder } from '../core/decode/types';
import type { Decoders } from './decoders';

/** The built-in decoders, and those that were added to them, by whoever added them. */
export class DecoderList {
  readonly #added = new Map<string, readonly Decoder[]>();
  #list: Promise<Decoders> | null = null;

  constructor(readonly loadRegistry: () => Promise<Decoders>) {}

  /** Puts decoders in place of those that `source` added before. They are never chosen by themselves. */
  set(source: string, decoders: readonly Decoder[]): void {
    this.#added.set(source, decoders);
    this.#list = null;
  }

  /** All of them, the built-in ones first. */
  readonly load = (): Promise<Decoders> => {
    this.#list ??= this.loadRegistry().then(({ decoders, chooseDecoder, decodeFrame }) => ({
      decoders: [...decoders, ...[...this.#added.values()].flat()],
      chooseDecoder,
      decodeFrame,
    }));
    // What failed to load is tried again.
    this.#list.catch(() => {
      this.#list = null;
    });
    return this.#list;
  };
}
