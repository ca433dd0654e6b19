import type { FrameKind } from '../model/frame';
import { printOperand } from './syntax/print-operand';
import { childOf, printPath } from './values/json-path';
import { escapeRegex } from './values/literal';

/** What is known of the row that "messages like this" is asked for. */
export interface RowToMatch {
  connection: number;
  kind: FrameKind;
  direction: string;
  length: number;
  /** The decoder's kind of message, or empty. */
  messageKind: string;
  /** The whole payload of a text frame where it is at hand, or `null`. */
  text: string | null;
  /** The decoded plain value, or `undefined`. */
  json: unknown;
}

/** A term to add to the filter, with words for the menu. */
export interface OfferedTerm {
  term: string;
  /** After "Show only" or "Hide". */
  label: string;
}

/** How a value of a decoded tree is found. */
export interface NodeTerm {
  /** The JSON path that leads to it; `null` where none does. */
  path: string | null;
  /** What to add to the filter for messages like it; `null` where nothing finds its own. */
  term: string | null;
}

/** Where JSON messages commonly say what they are, most telling first. */
const TELLING_KEYS = [
  'type',
  'event',
  'method',
  'op',
  'action',
  'cmd',
  'command',
  'kind',
  'msg',
  'e',
  't',
  'channel',
  'topic',
];

const LONGEST_VALUE = 100;
/** Fewer letters are in too many messages to say anything of one. */
const SHORTEST_WORDS = 3;

/**
 * The term that finds a value at a path of decoded frames: `$.type:"trade"`. Branches and very long strings are found by
 * being there at all.
 * @param keys from the root; numbers are places in an array
 */
export function termForJson(keys: (string | number)[], value: unknown): string {
  const path = printPath(keys);
  switch (typeof value) {
    case 'string':
      return value.length > LONGEST_VALUE ? path : `${path}:${printOperand({ form: 'quoted', text: value })}`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return `${path}:${value}`;
    default:
      return value === null ? `${path}:null` : path;
  }
}

/** The term that finds a text as it is, small or capital; `null` where it is too short or too long to be worth it. */
export function termForWords(text: string): string | null {
  if (text.length < SHORTEST_WORDS || text.length > LONGEST_VALUE) return null;
  return printOperand({ form: 'quoted', text });
}

/** Terms for "messages like this", the most telling first. Each may be several conditions that belong together. */
export function termsForRow(row: RowToMatch): OfferedTerm[] {
  const isMessage = row.kind === 'text' || row.kind === 'binary';
  const offers: OfferedTerm[] = [];
  if (isMessage && row.messageKind !== '') {
    const kind = printOperand({ form: 'quoted', text: row.messageKind });
    offers.push({ term: `kind:${kind}`, label: `messages of the kind “${row.messageKind}”` });
  }
  if (isMessage) offers.push(...tellingTerms(row.json), ...sameText(row));
  if (row.kind === 'binary') {
    offers.push({ term: `kind:binary size:${row.length}`, label: `binary messages of ${row.length} bytes` });
  }
  const noun = isMessage ? 'messages' : 'events';
  offers.push(
    { term: `kind:${row.kind}`, label: `${row.kind} ${noun}` },
    { term: `dir:${row.direction}`, label: `what is ${row.direction}` },
    { term: `conn:${row.connection}`, label: `connection ${row.connection}` },
  );
  return offers;
}

function tellingTerms(json: unknown): OfferedTerm[] {
  if (typeof json !== 'object' || json === null) return [];
  const list = Array.isArray(json);
  const keys = list ? [0] : TELLING_KEYS;
  const found = keys.find((key) => isTelling(childOf(json, key)));
  if (found === undefined) return [];
  const term = termForJson([found], childOf(json, found));
  return [{ term, label: `messages with ${term}` }];
}

function isTelling(value: unknown): boolean {
  return (typeof value === 'string' && value.length <= LONGEST_VALUE) || typeof value === 'number';
}

/** A short text, such as a heartbeat, is found whole: `/^ping$/`. */
function sameText({ text }: RowToMatch): OfferedTerm[] {
  if (text === null || text === '' || text.length > LONGEST_VALUE || /[\r\n]/.test(text)) return [];
  return [{ term: `/^${escapeRegex(text)}$/`, label: `messages that are “${text}”` }];
}
