import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { onePart } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { NO, type Sniff, sniffProtocol, surest } from '../sniffing';
import { cut, previewValue } from '../tree';
import type { DecodeContext, Decoder, Sample } from '../types';

/** The types of graphql-transport-ws (PROTOCOL.md of graphql-ws) and of graphql-ws (subscriptions-transport-ws). */
const TYPES = new Set([
  'connection_init',
  'connection_ack',
  'connection_error',
  'connection_terminate',
  'ping',
  'pong',
  'ka',
  'subscribe',
  'start',
  'start_ack',
  'next',
  'data',
  'error',
  'complete',
  'stop',
]);

/**
 * GraphQL over WebSocket: https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverWebSocket.md
 * (`graphql-transport-ws`), and the older `graphql-ws` of subscriptions-transport-ws.
 */
export const graphql: Decoder = {
  id: 'graphql',
  label: 'GraphQL',
  layer: 'protocol',
  sniff: ({ protocol }, samples) =>
    surest(
      sniffProtocol(protocol, ['graphql-transport-ws', 'graphql-ws', 'graphql-subscriptions']),
      sniffMessages(samples),
    ),
  decode: (payload, context) => jsonMessage(payload, context, (value) => explain(value, context)),
};

function sniffMessages(samples: Sample[]): Sniff {
  const part = jsonShare(samples, (value) => TYPES.has(textOf(value, 'type')));
  const telling = jsonShare(
    samples,
    (value) => /^connection_(init|ack)$/.test(textOf(value, 'type')) || textOf(queryOf(value), 'query') !== '',
  );
  if (part > 0.9 && telling > 0) return { confidence: 0.93, reason: 'messages of GraphQL over WebSocket' };
  const results = jsonShare(samples, isResult);
  return part > 0.9 && results > 0.3 ? { confidence: 0.8, reason: 'results of GraphQL operations' } : NO;
}

/** A result has the operation's id, and what an execution gives (GraphQL specification, §7.1). */
function isResult(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.payload) || idOf(value.id) === undefined) return false;
  return /^(next|data)$/.test(textOf(value, 'type')) && ('data' in value.payload || 'errors' in value.payload);
}

function queryOf(value: unknown): unknown {
  return isRecord(value) ? value.payload : undefined;
}

function explain(value: unknown, context: DecodeContext): Meaning | undefined {
  const type = textOf(value, 'type');
  if (!isRecord(value) || !TYPES.has(type)) return undefined;
  const { payload } = value;
  const id = idOf(value.id);
  if (id === undefined) return explainConnection(type, payload, context);
  if (type === 'subscribe' || type === 'start') return explainOperation(type, id, payload, context);
  const operation = rememberedName(context, id);
  if (type === 'complete' || type === 'error') forgetName(context, id);
  return {
    kind: operation === '' ? type : `${type} ${operation}`,
    summary: `${type}${operation === '' ? '' : ` ${operation}`} #${cut(id, 40)} ${shown(type, payload)}`,
    parts: onePart({ id, role: roleOf(type, operation) }),
  };
}

/** A query or mutation is answered once, a subscription has events. Where it is not known, results count as events. */
function roleOf(type: string, operation: string): 'reply' | 'event' | 'end' {
  if (type === 'start_ack') return 'event';
  const once = /^(query|mutation)( |$)/.test(operation);
  if (type === 'error') return once ? 'reply' : 'end';
  if (type !== 'next' && type !== 'data') return 'end';
  return once ? 'reply' : 'event';
}

function explainConnection(type: string, payload: unknown, { direction }: DecodeContext): Meaning {
  const summary = `${type} ${payload === undefined ? '' : previewValue(payload, 240)}`;
  switch (type) {
    case 'connection_init':
      return { kind: type, summary, parts: onePart({ id: 'connection', role: 'request' }) };
    case 'connection_ack':
    case 'connection_error':
      return { kind: type, summary, parts: onePart({ id: 'connection', role: 'reply' }) };
    case 'ping':
      return { kind: type, summary, heartbeat: true, parts: onePart({ id: `ping ${direction}`, role: 'request' }) };
    case 'pong':
      return {
        kind: type,
        summary,
        heartbeat: true,
        parts: onePart({ id: `ping ${direction === 'sent' ? 'received' : 'sent'}`, role: 'reply' }),
      };
    default:
      return { kind: type, summary, ...(type === 'ka' && { heartbeat: true }) };
  }
}

function explainOperation(type: string, id: string, payload: unknown, context: DecodeContext): Meaning {
  const operation = operationOf(payload);
  const variables = isRecord(payload) && isRecord(payload.variables) ? payload.variables : {};
  const given = Object.keys(variables).length > 0 ? ` ${previewValue(variables, 160)}` : '';
  const opens = !/^(query|mutation)( |$)/.test(operation);
  rememberName(context, id, operation, opens);
  const kind = `${type} ${operation}`.trim();
  return {
    kind,
    summary: `${kind} #${cut(id, 40)}${given}`,
    parts: onePart({ id, role: 'request', ...(opens && { opens }) }),
  };
}

/**
 * `subscription Trades`; of an operation without a name its first field, `query { hello }`. Of one that is known to the
 * server (a persisted operation) only the name is there, and not what it does.
 */
function operationOf(payload: unknown): string {
  const query = textOf(payload, 'query').slice(0, 4096).replace(/#.*$/gm, '').trimStart();
  if (query === '') return cut(textOf(payload, 'operationName'), 100);
  const found = /(?:^|\})\s*(query|mutation|subscription)\b\s*(\w+)?/.exec(query);
  const type = found?.[1] ?? 'query';
  const named = textOf(payload, 'operationName') || found?.[2];
  if (named) return cut(`${type} ${named}`, 100);
  const field = /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query.slice(found?.index === 0 ? 0 : (found?.index ?? -1) + 1))?.[1];
  return field ? cut(`${type} { ${field} }`, 100) : type;
}

function shown(type: string, payload: unknown): string {
  if (payload === undefined || payload === null) return '';
  if (type === 'error' && Array.isArray(payload)) return textOf(payload[0], 'message') || previewValue(payload, 240);
  const errors = isRecord(payload) && Array.isArray(payload.errors) ? payload.errors : [];
  const failed = errors.length > 0 ? `error: ${textOf(errors[0], 'message')} ` : '';
  return failed + previewValue(isRecord(payload) && 'data' in payload ? payload.data : payload, 240);
}
