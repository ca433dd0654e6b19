import type { AvroType, AvroTypes } from '../../schema/avro-types';
import { attempt, Broken, type Problem } from '../reader';
import { NO } from '../sniffing';
import { branch, kindOf, LIMITS, leaf, oneLine } from '../tree';
import type { Decoded, DecodedNode, Decoder } from '../types';
import { avroNode, avroPreview } from './avro-nodes';
import { AvroReader, type AvroSource, avroLeaf, avroValue, shapeOf } from './avro-read';
import { binary } from './binary';
import { otherwise } from './otherwise';

/** Names of the enums that mostly tell messages apart. */
const TELLING = /^(msg|message|event|op|action|cmd|command)?_?(type|kind|op|event|action|cmd|command|method)$/i;

/** Names of roots for each direction; empty for bytes. */
export interface AvroChoice {
  sent: string;
  received: string;
}

/** What stands before a value: a registry's id of its schema, or the schema's fingerprint. */
interface Header {
  size: number;
  node: DecodedNode | undefined;
}

const NO_HEADER: Header = { size: 0, node: undefined };

/**
 * Avro by a schema (Specification 1.12, Binary Encoding), with or without the header of Confluent's wire format or of
 * Avro's single-object encoding.
 * @param id as settings keep it
 */
export function avroBySchema(id: string, label: string, types: AvroTypes, choice: AvroChoice): Decoder {
  return {
    id,
    label,
    layer: 'encoding',
    sniff: () => NO,
    decode(payload, context) {
      const root = choice[context.direction];
      const type = Object.hasOwn(types.roots, root) ? types.roots[root] : undefined;
      if (context.text) return otherwise(payload, context, 'binary', '');
      return type === undefined ? binary.decode(payload) : decode({ types, bytes: payload }, type);
    },
  };
}

function decode(source: AvroSource, type: AvroType): Decoded {
  const { bytes } = source;
  const header = headers(bytes).reduce((best, each) =>
    reached(source, type, each) > reached(source, type, best) ? each : best,
  );
  const problem = problemAfter(source, type, header);
  const range = { start: header.size, end: bytes.length };
  const value = avroNode(header.node ? 'value' : '', source, type, range);
  const short = kindIn(source, type, header.size);
  const preview = avroPreview(source, type, header.size, LIMITS.summary, 4);
  return {
    tree: header.node
      ? branch('', 'object', oneLine(preview, LIMITS.preview), [header.node, value], { start: 0, end: bytes.length })
      : value,
    summary: oneLine(`${short.name} ${preview}`),
    kind: kindOf(short.kind),
    ...(problem && { problem }),
    json: () => plainValue(source, type, header.size),
  };
}

/** The headers that the bytes may begin with, the surest first. */
function headers(bytes: Uint8Array): Header[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Header[] = [];
  if (bytes.length >= 5 && bytes[0] === 0) {
    const note = 'id of the schema, Confluent wire format';
    found.push({ size: 5, node: leaf('schema', 'number', String(view.getUint32(1)), { note, start: 0, end: 5 }) });
  }
  if (bytes.length >= 10 && bytes[0] === 0xc3 && bytes[1] === 1) {
    const text = view.getBigUint64(2, true).toString(16).padStart(16, '0');
    const note = 'fingerprint of the schema, single-object encoding';
    found.push({ size: 10, node: leaf('schema', 'string', text, { note, start: 0, end: 10 }) });
  }
  return [...found, NO_HEADER];
}

/** How well the value after a header fits: all bytes, or those up to where it breaks. */
function reached(source: AvroSource, type: AvroType, header: Header): number {
  const problem = problemAfter(source, type, header);
  return problem ? problem.at : source.bytes.length + 1;
}

function problemAfter(source: AvroSource, type: AvroType, { size }: Header): Problem | undefined {
  const reader = new AvroReader(source, size);
  return attempt(() => {
    reader.pass(type);
    if (reader.left > 0) throw new Broken(`${reader.left} bytes are left after the value`, reader.at);
  });
}

/** Of a record its name, or the symbol of an enum such as `type`; empty for all else. */
function kindIn(source: AvroSource, type: AvroType, at: number): { name: string; kind: string } {
  const reader = new AvroReader(source, at);
  let name = '';
  let kind: string | undefined;
  attempt(() => {
    let shape = shapeOf(source.types, type);
    if (shape.type === 'union') shape = shapeOf(source.types, reader.unionCase(shape.of));
    if (shape.type !== 'record') return;
    name = shape.name.slice(shape.name.lastIndexOf('.') + 1);
    for (const field of shape.fields) {
      const of = shapeOf(source.types, field.of);
      if (of.type === 'enum' && TELLING.test(field.name)) {
        kind = String(avroLeaf(reader, of));
        return;
      }
      reader.pass(field.of);
    }
  });
  return { name, kind: kind ?? name };
}

function plainValue(source: AvroSource, type: AvroType, at: number): unknown {
  let value: unknown;
  attempt(() => {
    value = avroValue(new AvroReader(source, at), type);
  });
  return value;
}
