import { cut } from './tree';

/**
 * What a message has to do with subscriptions that are named instead of numbered: topics, channels, subjects. `open`
 * subscribes to the names, `end` leaves them, an `event` came under its name, `about` is any other word on them.
 */
export interface Topics {
  act: 'open' | 'event' | 'end' | 'about';
  /** At least one. What is subscribed to may be a pattern where there is a `separator`. */
  names: string[];
  /** Between the levels of a name: `/` where patterns are MQTT's (`+`, `#`), `.` where they are those of NATS (`*`, `>`). */
  separator?: '/' | '.';
}

/** Names of one message beyond this many are left out; each is cut at so many UTF-16 units. */
const MOST_NAMES = 64;
const LONGEST = 400;

/** @returns `undefined` where there is no name */
export function topicsOf(act: Topics['act'], names: string[], separator?: Topics['separator']): Topics | undefined {
  const given = names.filter((name) => name !== '').slice(0, MOST_NAMES);
  if (given.length === 0) return undefined;
  return { act, names: given.map((name) => cut(name, LONGEST)), ...(separator && { separator }) };
}

/** Whether a name that is subscribed to covers others than itself, as {@link topicTest} reads it. */
export function isPattern(name: string, separator: Topics['separator']): boolean {
  if (separator === '.') return /(^|\.)(\*|>)(\.|$)/.test(name);
  return separator === '/' && /(^|\/)[+#](\/|$)|^\$share\//.test(name);
}

/**
 * Whether names are covered by what was subscribed to.
 * MQTT 5 §4.7 (`+` is one level, `#` at the end all that follow, also none; `$share/group/` before a filter is no level);
 * docs.nats.io "Subject-Based Messaging" (`*` is one token, `>` at the end one or more).
 */
export function topicTest(pattern: string, separator: Topics['separator']): (name: string) => boolean {
  if (separator === undefined) return (name) => name === pattern;
  const [one, rest] = separator === '/' ? ['+', '#'] : ['*', '>'];
  const levels = (separator === '/' ? pattern.replace(/^\$share\/[^/]+\//, '') : pattern).split(separator);
  const open = levels.at(-1) === rest;
  if (open) levels.pop();
  return (name) => {
    if (name === pattern) return true;
    const given = name.split(separator);
    const enough = open && separator === '.' ? given.length > levels.length : given.length >= levels.length;
    if (!enough || (!open && given.length !== levels.length)) return false;
    return levels.every((level, at) => level === one || level === given[at]);
  };
}
