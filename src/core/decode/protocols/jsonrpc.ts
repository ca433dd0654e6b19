import { isRecord } from '../json/read';
import { idOf, jsonMessage, jsonShare } from '../json-message';
import { NO, type Sniff, sniffProtocol, surest } from '../sniffing';
import type { Decoder, Sample } from '../types';
import { explainRpc, isRpc } from './jsonrpc-message';

/**
 * JSON-RPC 2.0 (https://www.jsonrpc.org/specification), and what has its shape without saying `jsonrpc`, such as the
 * DevTools protocol.
 */
export const jsonRpc: Decoder = {
  id: 'json-rpc',
  label: 'JSON-RPC',
  layer: 'protocol',
  sniff: ({ protocol }, samples) =>
    surest(sniffProtocol(protocol, ['jsonrpc', 'json-rpc', 'jsonrpc2.0']), sniffRpc(samples)),
  decode: (payload, context) => jsonMessage(payload, context, (value) => explainRpc(value, context)),
};

function sniffRpc(samples: Sample[]): Sniff {
  const strict = jsonShare(samples, (value) => isRpc(value, true));
  if (strict > 0.8) return { confidence: 0.9, reason: 'messages say "jsonrpc": "2.0"' };
  const loose = jsonShare(samples, (value) => isRpc(value, false));
  const calls = jsonShare(
    samples,
    (value) => isRecord(value) && typeof value.method === 'string' && idOf(value.id) !== undefined,
  );
  return loose > 0.9 && calls > 0 ? { confidence: 0.6, reason: 'messages have ids, methods and results' } : NO;
}
