import { isPattern, type Topics, topicTest } from '../../decode/topics';
import type { InsightMessage } from '../message';
import type { Group, Groups } from './groups';

/** Names by which groups are found, of all connections, and patterns of one connection: the oldest go. */
const MOST_NAMES = 2000;
const MOST_PATTERNS = 200;

/** Subscriptions that have a name instead of an id. An event belongs to every open one that covers its name. Bounded. */
export class TopicGroups {
  /** The latest group of a name in a connection. */
  readonly #named = new Map<string, Group>();
  /** Of each connection, the open groups whose name is a pattern. */
  readonly #patterns = new Map<number, Map<string, (name: string) => boolean>>();

  constructor(readonly groups: Groups) {}

  /**
   * Takes a message that names what it is about.
   * @returns the groups that it opens, which its reply concerns
   */
  add(message: InsightMessage, { act, names, separator }: Topics): Group[] {
    const { connection } = message;
    if (act === 'open') return names.map((name) => this.#open(message, name, separator));
    for (const name of new Set(names)) {
      if (act === 'event') this.#event(message, name, separator);
      else if (act === 'end') {
        this.#patterns.get(connection)?.delete(name);
        const group = this.#named.get(keyOf(connection, name));
        if (group === undefined) continue;
        group.last = message.time;
        group.state = message.failed ? 'failed' : 'ended';
      }
    }
    return [];
  }

  #open(message: InsightMessage, name: string, separator: Topics['separator']): Group {
    if (isPattern(name, separator)) {
      const own = this.#patterns.get(message.connection) ?? new Map<string, (name: string) => boolean>();
      this.#patterns.set(message.connection, own);
      own.set(name, topicTest(name, separator));
      if (own.size > MOST_PATTERNS) removeOldest(own);
    }
    return this.#begin(message, name, true);
  }

  #event({ time, ...message }: InsightMessage, name: string, separator: Topics['separator']): void {
    const { connection } = message;
    const found: Group[] = [];
    const exact = this.#named.get(keyOf(connection, name));
    // Behind an end, what comes under a name may come by another pattern.
    const over = exact?.state === 'ended' || exact?.state === 'failed';
    if (exact !== undefined && !(over && separator !== undefined)) found.push(exact);
    for (const [pattern, covers] of this.#patterns.get(connection) ?? []) {
      const group = pattern !== name && covers(name) ? this.#named.get(keyOf(connection, pattern)) : undefined;
      if (group !== undefined) found.push(group);
    }
    // What was opened before the log began: where there are patterns, the name does not tell what that was.
    if (found.length === 0 && separator === undefined) found.push(this.#begin({ time, ...message }, name, false));
    for (const group of found) {
      if (group.state === 'asked') group.state = 'open';
      group.events++;
      group.last = time;
    }
  }

  #begin(message: InsightMessage, name: string, opener: boolean): Group {
    const group = this.groups.begin(message, opener, name);
    const key = keyOf(message.connection, name);
    this.#named.delete(key);
    this.#named.set(key, group);
    if (this.#named.size > MOST_NAMES) removeOldest(this.#named);
    return group;
  }
}

function keyOf(connection: number, name: string): string {
  return `${connection} ${name}`;
}

function removeOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
