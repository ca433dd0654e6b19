import { isRecord } from '../json/read';
import { idOf, type Meaning } from '../json-message';
import { joinParts, MOST_PARTS, onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { topicsOf } from '../topics';
import { cut, previewValue } from '../tree';
import type { DecodeContext } from '../types';

/**
 * Whether a value is a request, notification, reply or batch of JSON-RPC 2.0, or has their shape without `jsonrpc`.
 * A batch holds objects only (§6), so nesting is not followed.
 */
export function isRpc(value: unknown, strict: boolean): boolean {
  if (Array.isArray(value)) {
    return value.length > 0 && value.slice(0, 20).every((item) => isRecord(item) && isRpc(item, true));
  }
  if (!isRecord(value) || (strict && value.jsonrpc !== '2.0')) return false;
  if (typeof value.method === 'string') return true;
  // A reply to what could not be read has the id null (§5).
  const told = idOf(value.id) !== undefined || (value.id === null && value.jsonrpc === '2.0');
  return told && ('result' in value || 'error' in value);
}

/** What a message means: JSON-RPC 2.0 §4 (requests), §5 (responses), §6 (batches). `undefined` if it is none. */
export function explainRpc(value: unknown, context: DecodeContext): Meaning | undefined {
  if (Array.isArray(value)) return explainBatch(value, context);
  if (!isRecord(value) || !isRpc(value, false)) return undefined;
  return typeof value.method === 'string' ? explainCall(value, value.method, context) : explainReply(value, context);
}

/** Messages of a batch that its row shows. */
const SHOWN = 10;

function explainBatch(messages: unknown[], context: DecodeContext): Meaning | undefined {
  const meanings: Meaning[] = [];
  for (const message of messages.slice(0, MOST_PARTS)) {
    const meaning = isRecord(message) ? explainRpc(message, context) : undefined;
    if (meaning !== undefined) meanings.push(meaning);
    else if (meanings.length < SHOWN) return undefined;
  }
  if (meanings.length === 0) return undefined;
  const shown = meanings.slice(0, SHOWN).map(({ summary }) => summary);
  return {
    kind: 'batch',
    summary: `batch of ${messages.length}: ${shown.join(' · ')}`,
    parts: joinParts(meanings),
  };
}

function explainCall(message: Record<string, unknown>, method: string, context: DecodeContext): Meaning {
  const id = idOf(message.id);
  const { params } = message;
  const shown = params === undefined ? '' : previewValue(params, 240);
  const meaning: Meaning = {
    kind: method,
    summary: `${cut(method, 120)}${id === undefined ? '' : ` #${id}`} ${shown}`,
  };
  if (id !== undefined) {
    const key = `${context.direction} ${id}`;
    rememberName(context, key, method);
    const left = UNSUBSCRIBES.test(method) && Array.isArray(params) ? idOf(params[0]) : undefined;
    return { ...meaning, parts: onePart({ id: key, role: 'request' }, topicsOf('end', [left ?? ''])) };
  }
  const cancelled = method === '$/cancelRequest' && isRecord(params) ? idOf(params.id) : undefined;
  if (cancelled !== undefined)
    return { ...meaning, parts: onePart({ id: `${context.direction} ${cancelled}`, role: 'end' }) };
  // How Ethereum nodes and others send what was subscribed to.
  const subscription = isRecord(params) ? idOf(params.subscription) : undefined;
  return subscription === undefined
    ? meaning
    : {
        ...meaning,
        parts: onePart({ id: `subscription ${subscription}`, role: 'event' }, topicsOf('event', [subscription])),
      };
}

/** `eth_subscribe`, `accountSubscribe`, `chain_subscribeNewHeads`: the result is what events name as `subscription`. */
const SUBSCRIBES = /(^|[_.a-z])[sS]ubscribe/;
const UNSUBSCRIBES = /[uU]nsubscribe/;

function explainReply(message: Record<string, unknown>, context: DecodeContext): Meaning {
  const id = idOf(message.id) ?? 'null';
  const key = `${context.direction === 'sent' ? 'received' : 'sent'} ${id}`;
  const method = rememberedName(context, key);
  forgetName(context, key);
  const { error } = message;
  const failed = error !== undefined && error !== null;
  const word = failed ? 'error' : 'result';
  const opens = !failed && SUBSCRIBES.test(method) && !UNSUBSCRIBES.test(method);
  const shown =
    failed && isRecord(error)
      ? `${String(error.code)} ${String(error.message)}`
      : previewValue(failed ? error : message.result, 240);
  return {
    kind: method === '' ? word : `${word} ${method}`,
    summary: `${word}${method === '' ? '' : ` ${cut(method, 120)}`} #${id} ${shown}`,
    parts: onePart(
      message.id === null ? undefined : { id: key, role: 'reply' },
      opens ? topicsOf('open', [idOf(message.result) ?? '']) : undefined,
    ),
  };
}
