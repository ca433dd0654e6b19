import type { Decoded, DecodedNode } from '../core/decode/types';
import { RemoteError } from '../core/messages/rpc';
import { KIND } from '../core/model/frame';
import type { Choice } from './content';
import type { Decoders } from './decoders';
import type { OpenLog } from './open-log';

interface Entry {
  frame: number;
  decoder: string | null;
  result: Decoded;
  chosen: Choice;
}

/** Frames of one log that are kept. */
const MOST = 4;

/** The frames of each log decoded last, for as long as somebody walks through their trees. They go with their log. */
export class DecodedFrames {
  readonly #entries = new WeakMap<OpenLog, Entry[]>();
  readonly #children = new WeakMap<DecodedNode, DecodedNode[]>();

  constructor(readonly loadDecoders: () => Promise<Decoders>) {}

  /**
   * Decodes a frame whole.
   * @param decoder id; `null` for the one chosen automatically
   * @throws {RemoteError} when its payload is gone or there is no such decoder
   */
  async get(open: OpenLog, frame: number, decoder: string | null): Promise<Entry> {
    const { content, log } = open;
    await content.prepare(log.columns.connection(frame));
    const chosen = await this.#choose(open, frame, decoder);
    const entries = this.#entries.get(open) ?? [];
    this.#entries.set(open, entries);
    const known = entries.find((entry) => entry.frame === frame && entry.chosen.decoder === chosen.decoder);
    if (known !== undefined) return { ...known, chosen };
    await content.answers.run([{ frame, decoder: chosen.decoder }], true);
    const payload = await log.payload(frame);
    if (payload === null) {
      throw new RemoteError({ name: 'NotFoundError', message: 'The payload of this frame is not there any more' });
    }
    // A copy, so that the tree outlives the segment in the cache, and holds no more than itself.
    const entry = { frame, decoder, chosen, result: content.decode(frame, payload.slice(), chosen.decoder) };
    entries.unshift(entry);
    entries.length = Math.min(entries.length, MOST);
    return entry;
  }

  /** Children of a node; a list that was made is kept as long as its node. */
  children(node: DecodedNode): DecodedNode[] {
    const known = this.#children.get(node);
    if (known !== undefined) return known;
    const children = node.children?.() ?? [];
    this.#children.set(node, children);
    return children;
  }

  /**
   * The nodes that indices lead through, from below the root on.
   * @throws {RemoteError} when they lead nowhere
   */
  way(root: DecodedNode, path: readonly number[]): DecodedNode[] {
    let node = root;
    return path.map((index) => {
      node = this.children(node)[index];
      if (node === undefined) throw new RemoteError({ name: 'NotFoundError', message: 'There is no such value' });
      return node;
    });
  }

  async #choose({ content, log }: OpenLog, frame: number, decoder: string | null): Promise<Choice> {
    if (decoder === null && log.columns.kind(frame) <= KIND.binary) {
      const choice = content.choice(frame);
      if (choice !== null) return choice;
    }
    const { decoders } = await this.loadDecoders();
    // The details of an event are JSON.
    const wanted = decoder ?? 'json';
    const found = decoders.find(({ id }) => id === wanted) ?? (decoder === null ? decoders[0] : undefined);
    if (found === undefined)
      throw new RemoteError({ name: 'NotFoundError', message: `There is no decoder "${wanted}"` });
    return { decoder: found, reason: decoder === null ? 'details of an event' : 'chosen by you' };
  }
}
