import { isRecord } from '../json/read';
import { idOf, type Meaning } from '../json-message';
import { onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { cut, previewValue } from '../tree';
import type { DecodeContext } from '../types';

/** SignalR hub protocol, "Message types": by their number. */
const TYPES = [
  '',
  'Invocation',
  'StreamItem',
  'Completion',
  'StreamInvocation',
  'CancelInvocation',
  'Ping',
  'Close',
  'Ack',
  'Sequence',
] as const;
export type HubType = Exclude<(typeof TYPES)[number], ''>;

/** A hub message, however it was written. */
export interface HubMessage {
  type: HubType;
  id: string | undefined;
  target: string;
  /** Arguments, the item, the result or the error. */
  payload: unknown;
  failed: boolean;
}

/** The name of a message type; `undefined` if the value is none. */
export function hubType(value: unknown): HubType | undefined {
  return typeof value === 'number' ? TYPES[value] || undefined : undefined;
}

/** A message of the JSON hub protocol; `undefined` if the value is none. */
export function fromJson(value: unknown): HubMessage | undefined {
  const type = isRecord(value) ? hubType(value.type) : undefined;
  if (!isRecord(value) || type === undefined) return undefined;
  const failed = value.error !== undefined && value.error !== null;
  const payload = failed ? value.error : (value.arguments ?? value.item ?? value.result ?? value.sequenceId);
  const target = typeof value.target === 'string' ? value.target : '';
  return { type, id: idOf(value.invocationId), target, payload, failed };
}

/** A message of the MessagePack hub protocol, an array that begins with its type; `undefined` if the value is none. */
export function fromArray(value: unknown): HubMessage | undefined {
  if (!Array.isArray(value)) return undefined;
  const [number, second, third, fourth, fifth] = value as unknown[];
  const type = hubType(number);
  if (type === undefined) return undefined;
  const message: HubMessage = { type, id: undefined, target: '', payload: undefined, failed: false };
  if (type === 'Ping') return message;
  if (type === 'Close') return { ...message, payload: second ?? undefined, failed: typeof second === 'string' };
  if (type === 'Ack' || type === 'Sequence') return { ...message, payload: second };
  const id = idOf(third);
  if (type === 'StreamItem') return { ...message, id, payload: fourth };
  if (type === 'CancelInvocation') return { ...message, id };
  // The kind of result: 1 an error, 2 none, 3 a value.
  if (type === 'Completion') return { ...message, id, payload: fifth, failed: fourth === 1 };
  return { ...message, id, target: typeof fourth === 'string' ? fourth : '', payload: fifth };
}

/** What a hub message means for its row. */
export function explainHub(message: HubMessage, context: DecodeContext): Meaning {
  const { type, id, target, payload, failed } = message;
  const asked = id === undefined ? '' : askedBy(message, context);
  if (target !== '' && id !== undefined) rememberName(context, asked, target, type === 'StreamInvocation');
  const name = target || rememberedName(context, asked);
  if (type === 'Completion') forgetName(context, asked);
  const word = failed ? `${type} error` : type;
  return {
    kind: name === '' ? word : `${word} ${name}`,
    summary: [word, cut(name, 120), id === undefined ? '' : `#${cut(id, 40)}`, shown(payload)]
      .filter(Boolean)
      .join(' '),
    ...(type === 'Ping' && { heartbeat: true }),
    ...(id !== undefined && { parts: onePart({ id: asked, ...roleOf(type) }) }),
  };
}

function shown(payload: unknown): string {
  if (payload === undefined) return '';
  if (!Array.isArray(payload)) return previewValue(payload, 240);
  return payload
    .slice(0, 20)
    .map((item) => previewValue(item, 160))
    .join(', ');
}

function roleOf(type: HubType): { role: 'request' | 'reply' | 'event' | 'end'; opens?: boolean } {
  if (type === 'Invocation') return { role: 'request' };
  if (type === 'StreamInvocation') return { role: 'request', opens: true };
  if (type === 'StreamItem') return { role: 'event' };
  return { role: type === 'Completion' ? 'reply' : 'end' };
}

/**
 * Who gave the id, and the id: both sides count on their own. Items and completions come from the other side than the
 * invocation, but for the streams that a client sends up.
 */
function askedBy({ type, id }: HubMessage, context: DecodeContext): string {
  const same = `${context.direction} ${cut(id ?? '', 300)}`;
  if (type !== 'StreamItem' && type !== 'Completion') return same;
  const other = `${context.direction === 'sent' ? 'received' : 'sent'} ${cut(id ?? '', 300)}`;
  return rememberedName(context, other) === '' && rememberedName(context, same) !== '' ? same : other;
}
