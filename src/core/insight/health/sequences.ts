import { type Finding, HEAD_BYTES, type HealthDetector, type HealthFrame, MOST_FRAMES } from './detector';
import { NumberRanges } from './number-ranges';
import { counted } from './words';

/** Names of fields that number messages. `id` is none: it numbers requests, whose replies come in any order. */
const FIELD =
  /"(seq|sequence|seqNo|seqNum|seq_no|seq_num|sequenceNumber|sequence_number|sn|offset|index|counter|s|u)"\s*:\s*(\d{1,15})\b/;
/** Numbered messages before one can speak of a sequence, and the part of them that must follow each other. */
const LEAST = 20;
const IN_ORDER = 0.9;
/** A number further back or ahead is of another counter, or of one that began anew. */
const FAR_BACK = 64;
const FAR_AHEAD = 10_000;
/** After a pause so long, in ms, in which the page spoke, it may have subscribed anew. */
const PAUSE_MS = 2000;
/** Series that differ only in the digits before their number, such as those of rooms; of more, such as times, these are one. */
const MOST_ALIKE = 16;
/** What is followed at most, over all connections. */
const MOST_SERIES = 2000;
/** Messages of a connection and direction without a number, after which no more is looked at. */
const MOST_WITHOUT = 200;

interface Series {
  connection: number;
  sent: boolean;
  field: string;
  /** All numbers of its field in its direction, and in the other one. */
  own: Counter;
  other: Counter;
  last: number;
  /** When that came, ms since the epoch. */
  at: number;
  count: number;
  inOrder: number;
  missing: number;
  backwards: number;
  again: number;
  /** Numbers that the other side had said before: what answers them carries no sequence of its own. */
  echoes: number;
  frames: number[];
}

/** All that a connection says in one direction in one field, in however many series. */
interface Counter {
  numbers: NumberRanges;
  /** Whether its series have counters of their own: the same numbers come in several. */
  apart: boolean;
}

/** Messages that number themselves, and of which some are missing, out of order or doubled. */
export function createSequences(): HealthDetector {
  const series = new Map<string, Series>();
  const counters = new Map<string, { sent: Counter; received: Counter }>();
  const alike = new Map<string, Set<string> | null>();
  const without = new Map<string, number>();
  /** When the page of a connection last spoke. */
  const spoke = new Map<number, number>();
  /** When something that a connection said was last not to be read, ms since the epoch. */
  const missed = new Map<number, number>();

  /** What stands before the number tells one series of a connection from another: its type, its channel, its room. */
  function keyOf(channel: string, before: string): string {
    const each = `${channel} ${before}`;
    if (series.has(each)) return each;
    const key = `${channel} ${before.replace(/\d+/g, '#')}`;
    const known = alike.get(key);
    if (known === null) return key;
    if (series.size >= MOST_SERIES) return each;
    if (known === undefined) alike.set(key, new Set([each]));
    else if (known.add(each).size > MOST_ALIKE) {
      for (const one of known) series.delete(one);
      alike.set(key, null);
      return key;
    }
    return each;
  }

  function follow(key: string, told: HealthFrame, field: string, number: number): void {
    const { frame, time, connection, sent } = told;
    let known = series.get(key);
    if (known === undefined) {
      if (series.size >= MOST_SERIES) return;
      const both = counters.get(`${connection} ${field}`) ?? { sent: counter(), received: counter() };
      counters.set(`${connection} ${field}`, both);
      const [own, other] = sent ? [both.sent, both.received] : [both.received, both.sent];
      const none = { count: 0, inOrder: 0, missing: 0, backwards: 0, again: 0, echoes: 0 };
      known = { connection, sent, field, own, other, last: number, at: time, ...none, frames: [] };
      series.set(key, known);
    }
    const { own, other } = known;
    // Looked for only where there may be a sequence.
    if (known.inOrder >= known.count / 2 && other.numbers.has(number)) known.echoes++;
    // A beat that repeats the newest number now and then has no counter of its own.
    const isBeat = number === own.numbers.newest && number !== known.last + 1;
    if (number > known.last && !isBeat && own.numbers.has(number)) own.apart = true;
    const paused = !sent && time - known.at > PAUSE_MS && (spoke.get(connection) ?? 0) > known.at;
    const unknown = (missed.get(connection) ?? -Infinity) >= known.at;
    if (known.count > 0) step(known, number, frame, paused || unknown);
    known.count++;
    known.at = time;
    own.numbers.add(number);
  }

  return {
    see(told) {
      const { connection, sent, text, head, time } = told;
      if (sent) spoke.set(connection, time);
      if (text && head === null) missed.set(connection, time);
      if (head === null) return;
      const channel = `${connection} ${sent}`;
      const misses = without.get(channel) ?? 0;
      if (misses >= MOST_WITHOUT) return;
      const found = FIELD.exec(head.length > HEAD_BYTES ? head.slice(0, HEAD_BYTES) : head);
      if (!found) {
        without.set(channel, misses + 1);
        return;
      }
      without.set(channel, 0);
      const [matched, field, digits] = found;
      const before = head.slice(0, found.index + matched.length - digits.length);
      follow(keyOf(channel, before), told, field, Number(digits));
    },
    miss(connection, time) {
      missed.set(connection, time);
    },
    findings: () => [...series.values()].flatMap(findingOf),
  };
}

const counter = (): Counter => ({ numbers: new NumberRanges(), apart: false });

function step(series: Series, number: number, frame: number, paused: boolean): void {
  const by = number - series.last;
  if (by === 1) series.inOrder++;
  else if (by < -FAR_BACK || (by < 0 && number <= 1) || by > FAR_AHEAD || (by > 1 && paused)) {
    series.last = number;
    if (by < 0) series.own.numbers = new NumberRanges();
    return;
  } else {
    // Of a counter that several series share, what the others have is not missing here.
    const missing = by > 1 ? by - 1 - (series.own.apart ? 0 : series.own.numbers.between(series.last, number)) : 0;
    series.missing += missing;
    if (by === 0) series.again++;
    else if (by < 0) series.backwards++;
    if ((missing > 0 || by <= 0) && series.frames.length < MOST_FRAMES) series.frames.push(frame);
  }
  // One that comes late fills a gap and is no new beginning.
  if (by > 0) series.last = number;
  else if (by < 0) series.missing = Math.max(0, series.missing - 1);
}

function findingOf(series: Series): Finding | [] {
  const { connection, sent, field, count, inOrder, missing, backwards, again, echoes, frames } = series;
  if (count < LEAST || inOrder < (count - 1) * IN_ORDER || frames.length === 0 || echoes > count / 2) return [];
  const troubles = [
    ...(missing > 0 ? [`${counted(missing, 'number')} missing`] : []),
    ...(backwards > 0 ? [`${counted(backwards, 'message')} out of order`] : []),
    ...(again > 0 ? [`${counted(again, 'number')} twice`] : []),
  ];
  return {
    id: `sequence ${connection} ${sent} ${field} ${frames[0]}`,
    severity: 'warning',
    title: `“${field}” counts ${counted(count, 'message')} ${sent ? 'sent' : 'received'}: ${troubles.join(', ')}`,
    detail: 'By their own numbers, messages were lost, doubled or mixed up before they came here.',
    connections: [connection],
    filter: `conn:${connection} dir:${sent ? 'sent' : 'received'} $..${field}`,
    frames,
  };
}
