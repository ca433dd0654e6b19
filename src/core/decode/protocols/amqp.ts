import { continueStream, holdUnfinished, streamHead } from '../byte-stream';
import { attemptFields, FieldReader } from '../field-reader';
import { joinParts, onePart, type Pair } from '../parts';
import { Broken, ByteReader } from '../reader';
import { NO, share, sniffProtocol, surest } from '../sniffing';
import { branch, errorNode, kindOf, leaf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { type AmqpFrame, readFrame } from './amqp-frames';

/** AMQP 0-9-1 over WebSocket, as LavinMQ and proxies before RabbitMQ give it: a stream of frames (specification §2.3.5, §4.2). */
export const amqp: Decoder = {
  id: 'amqp',
  label: 'AMQP 0-9-1',
  layer: 'protocol',
  sniff({ protocol }, samples) {
    const opening = startsWith(streamHead(samples, 'sent'), PROTOCOL_HEADER);
    if (!opening && speaksOther(samples)) return NO;
    const frames = samples.length >= 2 && samples.every((sample) => !sample.text && isFrame(sample.payload));
    return surest(
      opening ? { confidence: 0.98, reason: 'begins with the protocol header AMQP 0-9-1' } : NO,
      frames ? { confidence: 0.9, reason: 'frames that end in 0xCE' } : NO,
      sniffProtocol(protocol, ['amqp', 'amqpws']),
    );
  },
  decode(payload, context) {
    const part = continueStream(payload, context);
    const fields = new FieldReader(new ByteReader(part.bytes, part.at), part.base);
    const before: DecodedNode[] =
      part.at > 0 ? [leaf('continuation', 'field', `${part.at} B`, { start: 0, end: part.at })] : [];
    const frames: AmqpFrame[] = [];
    const problem = attemptFields(fields, () => {
      while (fields.left > 0) if (!readOne(fields, frames, context)) return;
    });
    const nodes = [...before, ...fields.nodes];
    if (problem) nodes.push(errorNode(problem.message, problem.at));
    return describeFrames(nodes, frames, payload, problem, context);
  },
};

const PROTOCOL_HEADER = Uint8Array.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);
/** Type, channel and size before the payload of a frame, and the end mark after it. */
const FRAME_HEAD = 7;
const FRAME_END = 0xce;

/** Whether the connection is one of AMQP 1.0 (§2.2, §2.3), or another version: subprotocols and ports are the same. */
function speaksOther(samples: Sample[]): boolean {
  const heads = [streamHead(samples, 'sent'), streamHead(samples, 'received')];
  if (heads.some((head) => isHeader(head) && !startsWith(head, PROTOCOL_HEADER))) return true;
  // A frame there begins with its size, below 16 MiB, and the place of its body, in words of four bytes.
  return share(samples, ({ text, payload }) => !text && payload[0] === 0 && payload[4] === 2) === 1;
}

function isHeader(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && startsWith(bytes, PROTOCOL_HEADER.subarray(0, 4));
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}

/** Reads one frame, or the protocol header; false if its end is not there yet. */
function readOne(fields: FieldReader, frames: AmqpFrame[], context: DecodeContext): boolean {
  const { source } = fields;
  const start = source.at;
  const rest = source.bytes.subarray(start, source.end);
  if (
    rest[0] === 0x41 &&
    (startsWith(PROTOCOL_HEADER.subarray(0, 4), rest) || startsWith(rest, PROTOCOL_HEADER.subarray(0, 4)))
  ) {
    if (rest.length < 8) return hold(fields, start, 8 - rest.length, frames, context);
    source.at += 8;
    const version = Array.from(rest.subarray(5, 8)).join('-');
    fields.add('protocol header', 'string', version, start);
    frames.push({ name: 'protocol header', words: version, channel: 0 });
    return true;
  }
  if (![1, 2, 3, 8].includes(rest[0] ?? 0)) throw new Broken(`frame type ${rest[0]} is unknown`, start);
  if (rest.length < FRAME_HEAD) return hold(fields, start, FRAME_HEAD - rest.length, frames, context);
  const size = new ByteReader(rest, 3).u32();
  const whole = FRAME_HEAD + size + 1;
  if (whole > rest.length) return hold(fields, start, whole - rest.length, frames, context);
  if (rest[whole - 1] !== FRAME_END) throw new Broken('a frame does not end in 0xCE', start + whole - 1);
  const frame: AmqpFrame = { name: '', words: '', channel: 0 };
  frames.push(frame);
  fields.group('frame', whole, (inner, node) => {
    try {
      readFrame(inner, size, frame);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      // Its size says where the next frame begins, so one broken frame does not hide the others.
      frame.problem = { message: `${frame.name || 'frame'}: ${error.message}`, at: Math.max(0, error.at - inner.base) };
      inner.nodes.push(errorNode(error.message, frame.problem.at));
    }
    node.name = frame.name || 'frame';
    return frame.words;
  });
  return true;
}

function hold(fields: FieldReader, start: number, missing: number, frames: AmqpFrame[], context: DecodeContext): false {
  const { source } = fields;
  source.at = source.end;
  fields.add('frame', 'field', `unfinished, ${missing} bytes to come`, start);
  holdUnfinished(source.bytes.subarray(start), missing, context);
  frames.push({ name: 'frame', words: `(unfinished, ${missing} bytes to come)`, channel: 0, unfinished: true });
  return false;
}

function describeFrames(
  nodes: DecodedNode[],
  frames: AmqpFrame[],
  payload: Uint8Array,
  stopped: Decoded['problem'],
  context: DecodeContext,
): Decoded {
  const whole = frames.filter((frame) => !frame.unfinished);
  const main = whole.find((frame) => frame.method !== undefined) ?? whole[0];
  const problem = whole.find((frame) => frame.problem)?.problem ?? stopped;
  const words = frames.slice(0, 8).map((frame) => `${frame.name} ${frame.words}`.trim());
  if (frames.length > 8) words.push(`${frames.length - 8} more`);
  if (problem) words.push(problem.message);
  const summary = oneLine(words.join(' · ') || (nodes[0]?.value ?? 'empty'));
  const parts = joinParts(whole.map((frame) => ({ kind: kindWords(frame), parts: onePart(pairOf(frame, context)) })));
  const json = whole.find((frame) => frame.json)?.json;
  return {
    tree: branch('', 'object', oneLine(summary, 120), nodes, { start: 0, end: payload.length }),
    summary,
    kind: main ? kindOf(kindWords(main)) : problem ? '' : 'fragment',
    ...(parts && { parts }),
    ...(frames.length > 0 && frames.every((frame) => frame.name === 'heartbeat') && { heartbeat: true }),
    ...(problem && { problem }),
    ...(json && { json }),
  };
}

function kindWords({ name, about = '' }: AmqpFrame): string {
  return `${name} ${about}`.trim();
}

/** Asks without an answer, or answers to what the other side did not ask. */
const UNANSWERED = /^basic\.(publish|return|deliver|ack|nack|reject)$|^connection\.(un)?blocked$/;

/** A method is answered on its channel by the one of its name with `-ok` (§2.2.2), unless it says not to wait. */
function pairOf({ method, channel, noWait }: AmqpFrame, { direction }: DecodeContext): Pair | undefined {
  if (method === undefined || noWait || UNANSWERED.test(method)) return undefined;
  const other = direction === 'sent' ? 'received' : 'sent';
  // Start, secure and tune are asked by the server.
  const answered = /^(.*?)(?:-ok|-empty)$/.exec(method)?.[1];
  if (answered !== undefined) return { id: `${other} ${channel} ${answered}`, role: 'reply' };
  return { id: `${direction} ${channel} ${method}`, role: 'request' };
}

/** Whether the payload begins with a frame whose end mark is where its size says. */
function isFrame(payload: Uint8Array): boolean {
  if (payload.length <= FRAME_HEAD || ![1, 2, 3, 8].includes(payload[0] ?? 0)) return false;
  const size = new ByteReader(payload, 3).u32();
  return payload[FRAME_HEAD + size] === FRAME_END;
}
