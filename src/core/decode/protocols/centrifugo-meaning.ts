import { isRecord } from '../json/read';
import { idOf, type Meaning, textOf } from '../json-message';
import { onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { topicsOf } from '../topics';
import { previewValue } from '../tree';
import type { DecodeContext } from '../types';

/** What commands ask for and replies answer. `send` has no reply. */
const METHODS = [
  ...['connect', 'subscribe', 'unsubscribe', 'publish', 'presence', 'presence_stats'],
  ...['history', 'ping', 'send', 'rpc', 'refresh', 'sub_refresh'],
];
const PUSHES = ['pub', 'join', 'leave', 'unsubscribe', 'message', 'subscribe', 'connect', 'disconnect', 'refresh'];

/**
 * What a command or reply of Centrifugo's client protocol means, JSON or Protobuf alike
 * (centrifugal.dev, "Client protocol"); `undefined` if it is neither.
 */
export function meaningOf(value: unknown, context: DecodeContext): Meaning | undefined {
  if (!isRecord(value)) return undefined;
  const names = Object.keys(value);
  // The server pings with an empty reply, the client answers with an empty command.
  if (names.length === 0) {
    const word = context.direction === 'received' ? 'ping' : 'pong';
    return { kind: word, summary: word, heartbeat: true };
  }
  if (isRecord(value.push)) return meaningOfPush(value.push);
  const method = METHODS.find((name) => names.includes(name));
  const id = idOf(value.id);
  if (id === undefined)
    return method === undefined ? undefined : { kind: method, summary: `${method} ${previewValue(value[method])}` };
  return context.direction === 'sent'
    ? meaningOfCommand(value, method, id, context)
    : meaningOfReply(value, method, id, context);
}

function meaningOfPush(push: Record<string, unknown>): Meaning {
  const what = PUSHES.find((name) => name in push) ?? 'push';
  const channel = textOf(push, 'channel');
  const inner = push[what];
  const shown = isRecord(inner) && 'data' in inner ? inner.data : inner;
  const kind = `push ${what}${channel && ` ${channel}`}`;
  const act = what === 'subscribe' ? 'open' : what === 'unsubscribe' ? 'end' : 'event';
  return {
    kind,
    summary: `${kind} ${shown === undefined ? '' : previewValue(shown)}`,
    parts: onePart(undefined, topicsOf(act, [channel])),
  };
}

function meaningOfCommand(
  value: Record<string, unknown>,
  method: string | undefined,
  id: string,
  context: DecodeContext,
): Meaning | undefined {
  if (method === undefined) return undefined;
  const request = value[method];
  const about = textOf(request, 'channel') || textOf(request, 'method');
  const kind = about === '' ? method : `${method} ${about}`;
  rememberName(context, id, kind);
  const act = method === 'subscribe' ? 'open' : method === 'unsubscribe' ? 'end' : 'about';
  return {
    kind,
    summary: `${kind} ${previewValue(isRecord(request) && 'data' in request ? request.data : request)}`,
    parts: onePart({ id, role: 'request' }, topicsOf(act, [textOf(request, 'channel')])),
    heartbeat: method === 'ping',
  };
}

function meaningOfReply(
  value: Record<string, unknown>,
  method: string | undefined,
  id: string,
  context: DecodeContext,
): Meaning | undefined {
  if (method === undefined && !isRecord(value.error)) return undefined;
  const known = rememberedName(context, id) || method || '';
  forgetName(context, id);
  const error = isRecord(value.error) ? value.error : undefined;
  const result = error ? `error ${String(error.code)} ${textOf(error, 'message')}` : previewValue(value[method ?? '']);
  return {
    kind: `reply ${known}`.trim(),
    summary: `reply ${known} ${result}`.replace(/ {2,}/g, ' '),
    parts: onePart({ id, role: 'reply' }),
    heartbeat: method === 'ping',
  };
}

/** Whether a value has the shape of a command or reply; an empty object alone tells nothing. */
export function isCentrifugo(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (isRecord(value.push)) return PUSHES.some((name) => isRecord(value.push) && name in value.push);
  return typeof value.id === 'number' && METHODS.some((name) => isRecord(value[name]));
}
