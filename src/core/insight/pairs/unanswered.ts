import type { InsightMessage } from '../message';

/** Frames that are named of one connection. */
const MOST_FRAMES = 5;

/** Requests of one connection that have no reply, and will hardly get one. */
export interface Unanswered {
  connection: number;
  count: number;
  /** Numbers of the earliest of them, at most {@link MOST_FRAMES}. */
  frames: number[];
  /** How many they are by the decoder's kind, in the order in which the kinds came; empty where it has none. */
  kinds: Map<string, number>;
}

/** Gathers requests without a reply by connection. Kinds beyond 20 are not told apart. */
export class UnansweredByConnection {
  readonly #all = new Map<number, Unanswered>();

  constructor(from: Iterable<Unanswered> = []) {
    for (const each of from) {
      this.#all.set(each.connection, { ...each, frames: [...each.frames], kinds: new Map(each.kinds) });
    }
  }

  add({ connection, frame, kind }: Pick<InsightMessage, 'connection' | 'frame' | 'kind'>): void {
    let own = this.#all.get(connection);
    if (own === undefined) {
      own = { connection, count: 0, frames: [], kinds: new Map() };
      this.#all.set(connection, own);
    }
    own.count++;
    // A frame may ask several times.
    if (own.frames.length < MOST_FRAMES && own.frames.at(-1) !== frame) own.frames.push(frame);
    const known = own.kinds.get(kind);
    if (known !== undefined || own.kinds.size < 20) own.kinds.set(kind, (known ?? 0) + 1);
  }

  list(): Unanswered[] {
    return [...this.#all.values()];
  }
}
