import { isRecord, readJson } from '../json/read';
import { utf8 } from '../reader';
import { NO, share } from '../sniffing';
import { annotated, branch, bytesNode, errorNode, nodeOfValue, oneLine, previewValue } from '../tree';
import type { DecodedNode, Decoder } from '../types';
import { bytesOfBase64 } from './base64-text';
import { otherwise } from './otherwise';

/** Bytes of a message that sniffing looks at. */
const HEAD = 4096;

/** Claims that are times in seconds. RFC 7519 §4.1; OpenID Connect Core §2. */
const TIMES: Record<string, string> = {
  exp: 'expires',
  nbf: 'not before',
  iat: 'issued',
  auth_time: 'authenticated',
  updated_at: 'updated',
};

/** Signed JSON web tokens (RFC 7519, compact form of RFC 7515). The signature is shown, not checked. */
export const jwt: Decoder = {
  id: 'jwt',
  label: 'JWT',
  layer: 'encoding',
  sniff(_, samples) {
    const texts = samples.filter((sample) => sample.text);
    const part = share(texts, ({ payload }) => isToken(utf8(payload.subarray(0, HEAD))));
    return part < 0.5 ? NO : { confidence: 0.95 * part, reason: 'messages are JSON web tokens' };
  },
  decode(payload, context) {
    const first = payload.indexOf(0x2e);
    const second = first < 0 ? -1 : payload.indexOf(0x2e, first + 1);
    if (second < 0) {
      return otherwise(payload, context, 'text', 'a token has three parts with dots between', payload.length);
    }
    const header = part(payload, 'header', 0, first);
    const claims = part(payload, 'payload', first + 1, second);
    const signature = bytesOfBase64(payload.subarray(second + 1));
    const range = { start: second + 1, end: payload.length };
    const last = signature ? bytesNode('signature', signature, range) : errorNode('this is not base64', second + 1);
    const algorithm = isRecord(header.value) && typeof header.value.alg === 'string' ? header.value.alg : '';
    const summary = oneLine(`JWT ${algorithm} ${previewValue(claims.value, 250)}`);
    const wrong =
      header.problem ??
      claims.problem ??
      (signature ? undefined : { message: 'the signature is not base64', at: second + 1 });
    return {
      tree: branch('', 'object', summary, [header.node, claims.node, last], { start: 0, end: payload.length }),
      summary,
      kind: 'JWT',
      ...(wrong && { problem: wrong }),
      json: () => ({ header: header.value, payload: claims.value }),
    };
  },
};

function isToken(text: string): boolean {
  const [header, claims, signature, more] = text.trim().split('.', 4);
  if (more !== undefined || signature === undefined || !claims || !/^eyJ[\w-]+$/.test(header)) return false;
  return /^[\w-]+$/.test(claims) && /^[\w-]*$/.test(signature);
}

interface Part {
  node: DecodedNode;
  value: unknown;
  problem?: { message: string; at: number };
}

/** A part of base64url JSON. Offsets inside of it do not count in the payload, so its members have none. */
function part(payload: Uint8Array, name: string, start: number, end: number): Part {
  const bytes = bytesOfBase64(payload.subarray(start, end));
  const message = `the ${name} is not base64 of JSON`;
  if (bytes === null) return broken(message, start);
  const reading = readJson(bytes);
  if (reading.problem) return broken(message, start);
  const value = reading.value();
  return { node: annotated(nodeOfValue(name, value, { start, end }), notesOf(value)), value };
}

function broken(message: string, at: number): Part {
  return { node: errorNode(message, at), value: undefined, problem: { message, at } };
}

function notesOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  const notes: Record<string, string> = {};
  for (const [name, word] of Object.entries(TIMES)) {
    const time = value[name];
    if (typeof time === 'number' && Math.abs(time) <= 8.64e12)
      notes[name] = `${word} ${new Date(time * 1000).toISOString()}`;
  }
  return notes;
}
