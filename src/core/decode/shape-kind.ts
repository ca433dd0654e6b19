import { cut, kindOf } from './tree';
import type { NodeType } from './types';

/** A member of a message as far as its kind needs it. */
export interface Told {
  name: string;
  type: NodeType;
  /** Text of a string or number; anything for other types. */
  value: string;
}

/** Names by which messages of plain data tell what they are, the most telling first. */
const DISCRIMINATORS = [
  'type',
  'event',
  'op',
  'action',
  'method',
  'cmd',
  'command',
  'msg_type',
  'messageType',
  'message_type',
  'kind',
  'eventType',
  'event_type',
  'e',
  't',
  'msg',
  'topic',
  'channel',
  'stream',
  'name',
];
/** A number tells a kind only where it is a small code; `e` and `t` are more often times. */
const CODES = new Set(['op', 'type', 'cmd', 'command', 'kind', 'action', 'event', 'msg_type', 'messageType']);
const WORD = /^[^\s{}[\]]{1,64}$/;
/** Members looked at: enough for any message that tells its kind early, and bounded. */
const MEMBERS = 24;

/** What sort of message an object is: a discriminating member (`event:trade`, `op 2`) or its shape (`{price, symbol}`). */
export function objectKind(members: Iterable<Told>): string {
  const names: string[] = [];
  let best = DISCRIMINATORS.length;
  let kind = '';
  for (const { name, type, value } of members) {
    if (names.length >= MEMBERS) break;
    names.push(cut(name, 20));
    const rank = DISCRIMINATORS.indexOf(name);
    if (rank < 0 || rank >= best) continue;
    const word = type === 'string' ? tellingWord(name, value) : type === 'number' ? tellingCode(name, value) : '';
    if (word === '') continue;
    best = rank;
    kind = word;
    // Nothing is more telling than the first of them.
    if (best === 0) break;
  }
  return kindOf(kind === '' ? `{${names.join(', ')}}` : kind);
}

function tellingWord(name: string, value: string): string {
  return WORD.test(value) ? `${name}:${value}` : '';
}

function tellingCode(name: string, value: string): string {
  return CODES.has(name) && /^-?\d{1,4}$/.test(value) ? `${name} ${value}` : '';
}

/**
 * What sort of message an array is, from its first item: its word (`[trade]`), or what it is.
 *
 * @param first the first item with the kind it has itself as its value, where it is an object
 */
export function arrayKind(first: Told | undefined): string {
  if (first === undefined) return '[]';
  if (first.type === 'string') return WORD.test(first.value) ? kindOf(`[${first.value}]`) : '[string]';
  if (first.type === 'object' || first.type === 'map') return kindOf(`[${first.value}]`);
  return `[${first.type}]`;
}
