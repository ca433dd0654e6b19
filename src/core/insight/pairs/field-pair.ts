import type { Pair, Part } from '../../decode/parts';
import type { Decoded } from '../../decode/types';
import { type PathStep, parsePath, somePath } from '../../filter/values/json-path';

/** Ids that are waited for at once, for one connection. */
const MOST_ASKED = 10_000;

/**
 * Pairs by a field that the user names: the first message with an id asks, the next one with the same id in the other
 * direction answers. A second one in the same direction asks anew.
 */
export class FieldPair {
  readonly #steps: PathStep[];
  /** Who asked, by id. */
  readonly #asked = new Map<string, boolean>();

  /** @throws {SyntaxError} when `path` is no JSON path */
  constructor(path: string) {
    const steps = parsePath(path);
    if (steps === null) throw new SyntaxError(`"${path}" is not a JSON path: it should look like $.requestId`);
    this.#steps = steps;
  }

  /** @param json the decoded plain value; `undefined` if there is none */
  pairOf(json: unknown, sent: boolean): Pair | undefined {
    let id: string | undefined;
    somePath(json, this.#steps, (value) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return false;
      id = String(value).slice(0, 400);
      return true;
    });
    if (id === undefined) return undefined;
    const asker = this.#asked.get(id);
    if (asker !== undefined && asker !== sent) {
      this.#asked.delete(id);
      return { id, role: 'reply' };
    }
    this.#asked.delete(id);
    this.#asked.set(id, sent);
    if (this.#asked.size > MOST_ASKED) {
      const [oldest] = this.#asked.keys();
      this.#asked.delete(oldest);
    }
    return { id, role: 'request' };
  }
}

/** The parts of a message; where its decoder pairs none of them, the first is paired by the field. */
export function pairedBy(field: FieldPair, { parts, json }: Decoded, sent: boolean): Part[] | undefined {
  if (parts?.some(({ pair }) => pair !== undefined)) return parts;
  const pair = field.pairOf(json?.(), sent);
  if (pair === undefined) return parts;
  return parts === undefined ? [{ pair }] : [{ ...(parts[0] as Part), pair }, ...parts.slice(1)];
}
