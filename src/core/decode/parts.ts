import type { Topics } from './topics';
import { cut, kindOf } from './tree';

/**
 * How a message belongs to an exchange: a reply carries the id that its request carries. Ids are unique within a
 * connection for as long as the exchange lasts. `event` and `end` belong to what a request opened. A request that
 * `opens` something, such as a subscription, may stay without a reply and is not missing one; neither is one whose reply
 * is `optional`.
 */
export interface Pair {
  id: string;
  role: 'request' | 'reply' | 'event' | 'end';
  opens?: boolean;
  optional?: boolean;
}

/** One of the protocol's messages within a message, as far as others belong to it. It has a pair, topics or both. */
export interface Part {
  pair?: Pair;
  /** Where a protocol names what is subscribed to, and events do not carry the id of the request. */
  topics?: Topics;
  /** What it would be called alone; left out where the message holds only this one. */
  kind?: string;
  /** Its plain value, as that of a message; left out where the message holds only this one. */
  json?: () => unknown;
}

/** Parts of one message beyond this are left out. */
export const MOST_PARTS = 500;
/** A longer id is cut: channels and identifiers are text of the application. */
const LONGEST_ID = 400;

/** The parts of a message that is one of the protocol; `undefined` where nothing belongs to it. */
export function onePart(pair: Pair | undefined, topics?: Topics): Part[] | undefined {
  if (pair === undefined) return topics && [{ topics }];
  const whole = pair.id.length > LONGEST_ID ? { ...pair, id: cut(pair.id, LONGEST_ID) } : pair;
  return [topics === undefined ? { pair: whole } : { pair: whole, topics }];
}

/** What {@link joinParts} takes of each of the protocol's messages. */
export interface Joined {
  kind?: string;
  parts?: Part[];
  json?: () => unknown;
}

/** The parts of a message that holds several of the protocol, the first {@link MOST_PARTS}; `undefined` if there are none. */
export function joinParts(messages: readonly Joined[]): Part[] | undefined {
  if (messages.length === 1) return messages[0]?.parts;
  let joined: Part[] | undefined;
  for (const { kind = '', parts, json } of messages) {
    if (parts === undefined) continue;
    joined ??= [];
    for (const part of parts) {
      if (joined.length === MOST_PARTS) return joined;
      joined.push({ ...part, kind: part.kind ?? kindOf(kind), ...(json && { json: part.json ?? json }) });
    }
  }
  return joined;
}
