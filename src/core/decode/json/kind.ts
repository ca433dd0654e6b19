import { cut, kindOf } from '../tree';
import { isContainer, isObject, type Member, membersAt } from './scan';
import { jsonString } from './value';

/** Names by which plain JSON messages tell what they are, the most telling first. */
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
/** Members and bytes looked at: enough for any message that tells its kind early, and bounded. */
const MEMBERS = 24;
const BYTES = 4096;
const WORD = /^[^\s{}[\]]{1,64}$/;

/**
 * What sort of message a JSON value is, from a discriminating member (`event:trade`, `op 2`), the first word of an array
 * (`[trade]`) or its shape (`{price, symbol}`); empty for other values. Looks at the beginning only.
 */
export function jsonKind(payload: Uint8Array, start: number): string {
  const bytes = payload.subarray(0, Math.min(payload.length, start + BYTES));
  if (!isContainer(bytes, start)) return '';
  return isObject(bytes, start) ? objectKind(bytes, start) : arrayKind(bytes, start);
}

function objectKind(bytes: Uint8Array, start: number): string {
  const names: string[] = [];
  let best = DISCRIMINATORS.length;
  let kind = '';
  for (const member of membersAt(bytes, start)) {
    if (member.nameEnd < 0 || names.length >= MEMBERS) break;
    const name = jsonString(bytes, member.nameStart, member.nameEnd);
    names.push(name);
    const rank = DISCRIMINATORS.indexOf(name);
    if (member.broken || rank < 0 || rank >= best) continue;
    const word = telling(bytes, member, name);
    if (word === undefined) continue;
    best = rank;
    kind = word;
  }
  return kind === '' ? kindOf(`{${names.map((name) => cut(name, 20)).join(', ')}}`) : kind;
}

function telling(bytes: Uint8Array, member: Member, name: string): string | undefined {
  const c = bytes[member.start] as number;
  if (c === 0x22) {
    const word = jsonString(bytes, member.start, member.end);
    return WORD.test(word) ? kindOf(`${name}:${word}`) : undefined;
  }
  const digits = String.fromCharCode(...bytes.subarray(member.start, Math.min(member.end, member.start + 5)));
  // A number tells a kind only where it is a small code; `e` and `t` are more often times.
  return /^-?\d{1,4}$/.test(digits) && /^(op|type|cmd|command|kind|action|event|msg_type|messageType)$/.test(name)
    ? `${name} ${digits}`
    : undefined;
}

function arrayKind(bytes: Uint8Array, start: number): string {
  for (const first of membersAt(bytes, start)) {
    if (first.broken) break;
    if (bytes[first.start] === 0x22) {
      const word = jsonString(bytes, first.start, first.end);
      return WORD.test(word) ? kindOf(`[${word}]`) : '[string]';
    }
    if (isObject(bytes, first.start)) return kindOf(`[${objectKind(bytes, first.start)}]`);
    return isContainer(bytes, first.start) ? '[array]' : '[…]';
  }
  return '[]';
}
