import { isUtf8 } from '../reader';
import { headText } from '../sniffing';
import { branch, cut as cutText, LIMITS, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder } from '../types';
import { binary } from './binary';
import { bson } from './bson';
import { cbor } from './cbor';
import { file } from './file';
import { json } from './json';
import { msgpack } from './msgpack';
import { text } from './text';
import { xml } from './xml';

/** What may be inside of an envelope; the envelopes themselves come by `more`, or they would import each other. */
const PLAIN: readonly Decoder[] = [json, xml, file, bson, msgpack, cbor];

/** Below this a guess is not better than text or bytes, */
const LIKELY = 0.3;
/** and from here on no other is looked for. */
const CERTAIN = 0.9;
/** A value of an inner tree may be that many times as long as the payload it came out of. */
const GROWTH = 32;

/** What was found in an envelope. */
export interface Content {
  bytes: Uint8Array;
  decoder: Decoder;
  decoded: Decoded;
}

/**
 * Decodes bytes that came out of an envelope (an archive, base64) as what they look like.
 * @param cut whether their end is missing, so that JSON is broken and taken for JSON nevertheless
 * @param more further decoders that may know them, asked first
 */
export function contentOf(
  bytes: Uint8Array,
  context: DecodeContext,
  cut = false,
  more: readonly Decoder[] = [],
): Content {
  const isText = isUtf8(bytes);
  const sample = { direction: context.direction, text: isText, payload: bytes };
  let best: { decoder: Decoder; confidence: number } = { decoder: isText ? text : binary, confidence: LIKELY };
  for (const decoder of [...more, ...PLAIN]) {
    if (best.confidence >= CERTAIN) break;
    const { confidence } = decoder.sniff({ url: '', protocol: '' }, [sample]);
    if (confidence > best.confidence) best = { decoder, confidence };
  }
  const decoder = cut && best.decoder === text && /^\s*[[{]\s*["[{\d-]/.test(headText(sample)) ? json : best.decoder;
  return { bytes, decoder, decoded: decoder.decode(bytes, { ...context, text: isText, state: {} }) };
}

/**
 * The result of an envelope's decoder: its own fields, then what was inside. Inner offsets do not count in the payload,
 * so inner nodes have none.
 * @param payload the whole payload
 * @param what the envelope's word for the row, such as `gzip`
 * @param range where in the payload the content lies
 */
export function enveloped(
  payload: Uint8Array,
  what: string,
  fields: DecodedNode[],
  { bytes, decoder, decoded }: Content,
  range: { start: number; end: number },
  problem?: Decoded['problem'],
): Decoded {
  const content = detached(decoded.tree, 'content', GROWTH * (payload.length + 100));
  const summary = oneLine(`${what} → ${decoded.summary}`);
  const inner = decoded.problem && { message: `${decoder.label} inside: ${decoded.problem.message}`, at: range.start };
  return {
    tree: branch('', 'object', cutText(summary, LIMITS.preview), [...fields, { ...content, ...range, bytes }], {
      start: 0,
      end: payload.length,
      note: decoder.label,
    }),
    summary,
    kind: decoded.kind,
    problem: problem ?? inner,
    heartbeat: decoded.heartbeat,
    json: decoded.json,
  };
}

/** The node without offsets, and without values that are far longer than the payload. */
function detached(node: DecodedNode, name: string, longest: number): DecodedNode {
  const { children, start: _start, end: _end, ...rest } = node;
  const shown: DecodedNode = { ...rest, name };
  if (shown.value.length > longest) {
    shown.note = `the first ${longest} of ${shown.value.length} characters`;
    shown.value = cutText(shown.value, longest);
  }
  if (children) shown.children = () => children().map((child) => detached(child, child.name, longest));
  return shown;
}
