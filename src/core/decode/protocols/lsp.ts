import { json } from '../encodings/json';
import { readJson } from '../json/read';
import { jsonMessage, jsonShare, type Meaning } from '../json-message';
import { joinParts } from '../parts';
import { Broken, utf8 } from '../reader';
import { headText, NO, type Sniff, share } from '../sniffing';
import { branch, itemCount, kindOf, leaf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { explainRpc, isRpc } from './jsonrpc-message';

const METHOD =
  /^(textDocument|workspace|window|completionItem|codeLens|notebookDocument|\$)\/|^(initialize|initialized|shutdown|exit)$/;

/**
 * The Language Server Protocol: JSON-RPC 2.0, one message in a frame as vscode-ws-jsonrpc sends it, or with the headers
 * of its base protocol, https://microsoft.github.io/language-server-protocol/, "Base Protocol".
 */
export const lsp: Decoder = {
  id: 'lsp',
  label: 'Language Server Protocol',
  layer: 'protocol',
  sniff: (_, samples) => sniffLsp(samples),
  decode(payload, context) {
    if (!hasHeaders(payload)) return jsonMessage(payload, context, (value) => explainRpc(value, context));
    return decodeHeaded(payload, context);
  },
};

function sniffLsp(samples: Sample[]): Sniff {
  if (share(samples, ({ payload }) => hasHeaders(payload)) >= 0.4) {
    return { confidence: 0.93, reason: 'messages begin with Content-Length' };
  }
  const rpc = jsonShare(samples, (value) => isRpc(value, true));
  const named = samples.filter((sample) => METHOD.test(methodOf(sample))).length;
  return rpc > 0.8 && named > 0 ? { confidence: 0.95, reason: 'JSON-RPC with methods of language servers' } : NO;
}

function methodOf(sample: Sample): string {
  return /"method"\s*:\s*"([^"]{1,100})"/.exec(headText(sample))?.[1] ?? '';
}

function hasHeaders(payload: Uint8Array): boolean {
  return /^Content-(Length|Type):/i.test(utf8(payload.subarray(0, 16)));
}

interface Part {
  headers: DecodedNode;
  node: DecodedNode;
  value: () => unknown;
  meaning: Meaning | undefined;
}

/** Parts in one frame beyond this are left unread. */
const MOST_PARTS = 1000;

function decodeHeaded(payload: Uint8Array, context: DecodeContext): Decoded {
  const parts: Part[] = [];
  let broken: Broken | undefined;
  try {
    for (let at = 0; at < payload.length && parts.length < MOST_PARTS; ) at = readPart(payload, at, context, parts);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    broken = error;
  }
  const [first] = parts;
  if (first === undefined)
    return {
      ...json.decode(payload, context),
      kind: 'fragment',
      ...(broken && { problem: { message: broken.message, at: broken.at } }),
    };
  const summary = parts.slice(0, 10).map(({ meaning, node }) => meaning?.summary?.trim() ?? node.value);
  const paired = joinParts(parts.map(({ meaning }) => meaning ?? {}));
  const nodes = parts.map((part, i) => branch(String(i), 'object', part.node.value, [part.headers, part.node]));
  return {
    tree: parts.length === 1 ? { ...nodes[0]!, name: '' } : branch('', 'array', itemCount(parts.length), nodes),
    summary: oneLine(summary.join(' · ')),
    kind: kindOf(first.meaning?.kind ?? ''),
    json: () => (parts.length === 1 ? { body: first.value() } : parts.map((part) => ({ body: part.value() }))),
    ...(paired && { parts: paired }),
    ...(broken && { problem: { message: broken.message, at: broken.at } }),
  };
}

/** Reads headers, an empty line and the content; gives the offset after it. */
function readPart(payload: Uint8Array, start: number, context: DecodeContext, parts: Part[]): number {
  const head = utf8(payload.subarray(start, start + 1000));
  const end = head.indexOf('\r\n\r\n');
  const length = /^Content-Length: *(\d{1,10})\r?$/im.exec(head.slice(0, end + 1))?.[1];
  if (end < 0 || length === undefined) throw new Broken('no Content-Length header', start);
  const bodyStart = start + new TextEncoder().encode(head.slice(0, end)).length + 4;
  const bodyEnd = Math.min(bodyStart + Number(length), payload.length);
  if (bodyStart === payload.length) return headersOnly(payload, head.slice(0, end), start, parts);
  const reading = readJson(payload, Math.min(bodyStart, payload.length), bodyEnd, 'body');
  const value = reading.problem ? undefined : reading.value();
  const headers = leaf('headers', 'field', oneLine(head.slice(0, end)), {
    start,
    end: Math.min(bodyStart, payload.length),
  });
  parts.push({ headers, node: reading.node, value: reading.value, meaning: explainRpc(value, context) });
  if (bodyStart + Number(length) > payload.length)
    throw new Broken(`content of ${length} bytes cut short`, payload.length);
  if (reading.problem) throw new Broken(reading.problem.message, reading.problem.at);
  return bodyEnd;
}

/** Streams may send the headers as a message of their own. */
function headersOnly(payload: Uint8Array, text: string, start: number, parts: Part[]): number {
  const words = oneLine(text);
  const headers = leaf('headers', 'field', words, { start, end: payload.length });
  const meaning = { kind: 'headers', summary: words };
  parts.push({ headers, node: leaf('body', 'undefined', 'in the next message'), value: () => undefined, meaning });
  return payload.length;
}
