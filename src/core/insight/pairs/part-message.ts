import type { Part } from '../../decode/parts';
import type { Decoded } from '../../decode/types';
import type { InsightMessage, KnownMessage } from '../message';
import { isFailedReply } from './failed-reply';

/** One of the parts of a decoded message, as {@link PairTable} takes it. */
export function partMessage(known: KnownMessage, decoded: Pick<Decoded, 'kind' | 'json'>, part: Part): InsightMessage {
  const { pair, topics, kind = decoded.kind } = part;
  // What the whole message says is not said of each of several.
  const told = part.kind === undefined ? decoded : { kind, json: part.json };
  const failed = pair !== undefined && pair.role !== 'request' && isFailedReply(told);
  return { ...known, kind, pair, topics, failed };
}
