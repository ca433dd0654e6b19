import { attemptFields, FieldReader } from '../field-reader';
import { isRecord, readJson } from '../json/read';
import { jsonMessage, jsonShare, type Meaning, textOf } from '../json-message';
import { onePart, type Pair } from '../parts';
import { Broken, ByteReader, utf8 } from '../reader';
import { NO, pathOf, type Sniff, share, sniffProtocol, surest } from '../sniffing';
import { branch, bytesNode, cut, errorNode, kindOf, leaf, oneLine, previewValue } from '../tree';
import type { Decoded, DecodedNode, Decoder, Sample } from '../types';

const V1 = 'v1.kernel.websocket.jupyter.org';

/**
 * Jupyter kernels: https://jupyter-client.readthedocs.io/en/stable/messaging.html, over WebSocket as
 * https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html says: JSON, or binary with offsets
 * (of the default protocol, where there are buffers, and of v1).
 */
export const jupyter: Decoder = {
  id: 'jupyter',
  label: 'Jupyter kernel',
  layer: 'protocol',
  sniff: ({ url, protocol }, samples) => surest(sniffProtocol(protocol, [V1]), sniffUrl(url), sniffMessages(samples)),
  decode(payload, context) {
    if (context.text) return jsonMessage(payload, context, (value) => explain(value));
    return isV1(payload) ? decodeV1(payload) : decodeDefault(payload);
  },
};

function sniffUrl(url: string): Sniff {
  return /\/api\/kernels\/[^/]+\/channels$/.test(pathOf(url))
    ? { confidence: 0.95, reason: "the path is that of a kernel's channels" }
    : NO;
}

function sniffMessages(samples: Sample[]): Sniff {
  const json = jsonShare(
    samples,
    (value) => isRecord(value) && isRecord(value.header) && textOf(value.header, 'msg_type') !== '',
  );
  const binary = share(samples, ({ text, payload }) => !text && isV1(payload));
  return json > 0.9 || binary > 0.9 || (json > 0.5 && json < 1 && binary === 0)
    ? { confidence: 0.93, reason: 'messages of a Jupyter kernel' }
    : NO;
}

/** Little-endian 64-bit offsets, the first of them right after the last. */
function isV1(payload: Uint8Array): boolean {
  if (payload.length < 56) return false;
  const reader = new ByteReader(payload);
  const count = reader.u64LE();
  return count >= 6n && count < 10_000n && reader.u64LE() === 8n * (count + 1n);
}

interface Header {
  msg_id?: unknown;
  msg_type?: unknown;
}

/** `_request` and `_reply` pair by the id of the request; what happens between them carries it as well. */
function explain(value: unknown): Meaning | undefined {
  if (!isRecord(value) || !isRecord(value.header)) return undefined;
  const header: Header = value.header;
  const type = typeof header.msg_type === 'string' ? header.msg_type : '';
  if (type === '') return undefined;
  const { content } = value;
  const word = wordOf(type, content);
  const channel = textOf(value, 'channel');
  return {
    kind: word === '' ? type : `${type} ${word}`,
    summary: [cut(type, 80), word, channel, shown(type, content)].filter(Boolean).join(' '),
    parts: onePart(pairOf(type, word, textOf(header, 'msg_id'), textOf(value.parent_header, 'msg_id'))),
  };
}

function wordOf(type: string, content: unknown): string {
  if (type === 'status') return cut(textOf(content, 'execution_state'), 20);
  if (type === 'stream') return cut(textOf(content, 'name'), 20);
  return type.endsWith('_reply') ? cut(textOf(content, 'status'), 20) : '';
}

function shown(type: string, content: unknown): string {
  if (type === 'status') return '';
  if (type === 'stream') return textOf(content, 'text').trim();
  if (type === 'execute_request' || type === 'execute_input') return textOf(content, 'code');
  return isRecord(content) && Object.keys(content).length > 0 ? previewValue(content, 200) : '';
}

function pairOf(type: string, word: string, id: string, parent: string): Pair | undefined {
  if (type.endsWith('_request')) return id === '' ? undefined : { id, role: 'request' };
  if (parent === '') return undefined;
  if (type.endsWith('_reply')) return { id: parent, role: 'reply' };
  return { id: parent, role: type === 'status' && word === 'idle' ? 'end' : 'event' };
}

const PARTS = ['channel', 'header', 'parent_header', 'metadata', 'content'];
/** Parts beyond this are left unread. */
const MOST_PARTS = 10_000;

function decodeV1(payload: Uint8Array): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const value: Record<string, unknown> = {};
  const parts: DecodedNode[] = [];
  const problem = attemptFields(fields, () => {
    const count = Number(fields.source.u64LE());
    const offsets = Array.from({ length: Math.min(count, MOST_PARTS) }, () => Number(fields.source.u64LE()));
    fields.add('offsets', 'field', `${offsets.length}`, 0);
    for (let i = 0; i + 1 < offsets.length; i++)
      readPart(payload, i, offsets[i] as number, offsets[i + 1] as number, parts, value);
  });
  return finished(payload, [...fields.nodes, ...parts], value, problem);
}

function readPart(
  payload: Uint8Array,
  i: number,
  start: number,
  end: number,
  nodes: DecodedNode[],
  value: Record<string, unknown>,
): void {
  if (!(start <= end && end <= payload.length))
    throw new Broken(`part ${i} goes to ${end}`, Math.min(start, payload.length));
  const name = PARTS[i] ?? `buffer ${i - PARTS.length}`;
  if (i === 0) {
    value.channel = utf8(payload.subarray(start, end));
    nodes.push(leaf(name, 'string', cut(String(value.channel), 200), { start, end }));
  } else if (i < PARTS.length) {
    const reading = readJson(payload, start, end, name);
    nodes.push(reading.node);
    if (reading.problem) throw new Broken(reading.problem.message, reading.problem.at);
    value[name] = reading.value();
  } else {
    nodes.push(bytesNode(name, payload.subarray(start, end), { start, end }));
  }
}

/** The default protocol, where a message has buffers: 32-bit offsets, the first part is the JSON. */
function decodeDefault(payload: Uint8Array): Decoded {
  const fields = new FieldReader(new ByteReader(payload));
  const nodes: DecodedNode[] = [];
  let value: unknown = {};
  const problem = attemptFields(fields, () => {
    const count = fields.source.u32();
    if (count < 1 || count > MOST_PARTS) throw new Broken(`${count} parts`, 0);
    const offsets = Array.from({ length: count }, () => fields.source.u32());
    fields.add('offsets', 'field', String(count), 0);
    const ends = [...offsets.slice(1), payload.length];
    offsets.forEach((start, i) => {
      const end = ends[i] as number;
      if (!(start <= end && end <= payload.length))
        throw new Broken(`part ${i} goes to ${end}`, Math.min(start, payload.length));
      if (i > 0) {
        nodes.push(bytesNode(`buffer ${i - 1}`, payload.subarray(start, end), { start, end }));
        return;
      }
      const reading = readJson(payload, start, end, 'message');
      nodes.push(reading.node);
      if (reading.problem) throw new Broken(reading.problem.message, reading.problem.at);
      value = reading.value();
    });
  });
  return finished(payload, [...fields.nodes, ...nodes], value, problem);
}

function finished(payload: Uint8Array, nodes: DecodedNode[], value: unknown, problem: Decoded['problem']): Decoded {
  const meaning = explain(value);
  if (problem) nodes.push(errorNode(problem.message, problem.at));
  const summary = oneLine(meaning?.summary ?? problem?.message ?? previewValue(value, 200));
  return {
    tree: branch('', 'object', cut(summary, 120), nodes, { start: 0, end: payload.length }),
    summary,
    kind: kindOf(meaning?.kind ?? ''),
    json: () => value,
    ...(meaning?.parts && { parts: meaning.parts }),
    ...(problem && { problem }),
  };
}
