import { continueStream, holdUnfinished, streamHead } from '../byte-stream';
import { innerPayload } from '../inner-payload';
import { joinParts, onePart, type Pair } from '../parts';
import { forgetName, rememberedName, rememberName } from '../pending-names';
import { Broken } from '../reader';
import { NO, type Sniff, sniffProtocol, surest } from '../sniffing';
import { branch, cut, itemCount, kindOf, leaf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { beginsFrame, headerOf, readFrame, type StompFrame, skipLineEnds } from './stomp-frames';

/** STOMP 1.0 to 1.2: https://stomp.github.io/stomp-specification-1.2.html. Frames may span messages. */
export const stomp: Decoder = {
  id: 'stomp',
  label: 'STOMP',
  layer: 'protocol',
  sniff: ({ protocol }, samples) =>
    surest(sniffProtocol(protocol, ['v12.stomp', 'v11.stomp', 'v10.stomp', 'stomp']), sniffFrames(samples)),
  decode(payload, context) {
    if (payload.length > 0 && skipLineEnds(payload, 0) === payload.length) return heartbeat(payload);
    // A frame that begins anew ends one that never was finished.
    if (beginsFrame(payload, skipLineEnds(payload, 0))) delete context.state[`kept ${context.direction}`];
    const { bytes, base, at } = continueStream(payload, context);
    return decodeFrames(bytes, base, skipLineEnds(bytes, at), payload, context);
  },
};

function sniffFrames(samples: Sample[]): Sniff {
  for (const direction of ['sent', 'received'] as const) {
    const head = streamHead(samples, direction);
    const start = skipLineEnds(head, 0);
    if (!beginsFrame(head, start)) continue;
    const { headers } = readFrame(head, start);
    const wellFormed = headers.length > 0 && headers.every(({ name }) => /^[\w.-]+$/.test(name));
    if (wellFormed) return { confidence: 0.95, reason: 'messages are STOMP frames' };
  }
  return NO;
}

function heartbeat(payload: Uint8Array): Decoded {
  return {
    tree: leaf('', 'field', 'heartbeat', { start: 0, end: payload.length }),
    summary: 'heartbeat',
    kind: 'heartbeat',
    heartbeat: true,
  };
}

/** Frames in one message beyond this are left unread. */
const MOST_FRAMES = 1000;

function decodeFrames(
  bytes: Uint8Array,
  base: number,
  from: number,
  payload: Uint8Array,
  context: DecodeContext,
): Decoded {
  const frames: StompFrame[] = [];
  try {
    for (let at = from; at < bytes.length && frames.length < MOST_FRAMES; ) {
      const frame = readFrame(bytes, at);
      frames.push(frame);
      at = frame.end;
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    if (frames.length === 0) return fragment(payload, Math.max(0, error.at - base));
  }
  const last = frames.at(-1);
  if (last === undefined) return fragment(payload, 0);
  const ending = last.unfinished && holdUnfinished(bytes.subarray(last.start), missingOf(last), context);
  // One that is shown again where it ends counts there.
  const told = ending ? frames.slice(0, -1) : frames;
  const nodes = frames.map((frame) => frameNode(frame, bytes, base, payload.length));
  const [first] = frames as [StompFrame];
  const many = frames.length > 1;
  const parts = joinParts(
    told.map((frame) => ({ kind: titleOf(frame, context), parts: onePart(pairOf(frame, context)) })),
  );
  const decoded: Decoded = {
    tree: many
      ? branch(
          '',
          'array',
          itemCount(frames.length),
          nodes.map((node, i) => ({ ...node, name: String(i) })),
        )
      : nodes[0]!,
    summary: oneLine(
      frames
        .slice(0, 10)
        .map((frame) => summaryOf(frame, bytes, context))
        .join(' · '),
    ),
    kind: kindOf(told[0] ? titleOf(told[0], context) : 'fragment'),
    json: () => (many ? frames.map((frame) => valueOfFrame(frame, bytes)) : valueOfFrame(first, bytes)),
    ...(parts && { parts }),
  };
  if (last.unfinished) return { ...decoded, summary: oneLine(`${decoded.summary} (to be continued)`) };
  if (last.end < bytes.length) decoded.problem = { message: 'not a STOMP frame', at: Math.max(0, last.end - base) };
  return decoded;
}

/** Bytes of the body that are still to come, and the NUL; at least one. */
function missingOf(frame: StompFrame): number {
  const length = Number(headerOf(frame, 'content-length') ?? 0);
  return Math.max(1, Math.min(Number.MAX_SAFE_INTEGER, length - (frame.bodyEnd - frame.bodyStart) + 1) || 1);
}

/** A message that begins within a frame whose beginning is not known. */
function fragment(payload: Uint8Array, at: number): Decoded {
  const { node, preview } = innerPayload('fragment', payload, 0, payload.length);
  return {
    tree: branch('', 'object', 'fragment', [node]),
    summary: oneLine(`fragment ${preview}`),
    kind: 'fragment',
    problem: { message: 'not the beginning of a STOMP frame', at },
  };
}

/** The command and where it goes; an UNSUBSCRIBE where its subscription is known. */
function titleOf(frame: StompFrame, context?: DecodeContext): string {
  const id = `subscribed ${headerOf(frame, 'id')}`;
  const known = context && frame.command === 'UNSUBSCRIBE' ? rememberedName(context, id) : '';
  const where = headerOf(frame, 'destination') ?? known;
  if (context && frame.command === 'SUBSCRIBE') rememberName(context, id, where, true);
  return where === '' ? frame.command : `${frame.command} ${where}`;
}

function summaryOf(frame: StompFrame, bytes: Uint8Array, context: DecodeContext): string {
  const { command } = frame;
  const shown =
    command === 'ERROR' ? ['message'] : ['id', 'subscription', 'receipt', 'receipt-id', 'transaction', 'version'];
  const words = shown.flatMap((name) => {
    const value = headerOf(frame, name);
    return value === undefined ? [] : [`${name}=${cut(value, 60)}`];
  });
  const body =
    frame.bodyEnd > frame.bodyStart
      ? innerPayload('', bytes, frame.bodyStart, Math.min(frame.bodyEnd, frame.bodyStart + 2048)).preview
      : '';
  return [cut(titleOf(frame, context), 120), ...words, body].filter((part) => part !== '').join(' ');
}

function frameNode(frame: StompFrame, bytes: Uint8Array, base: number, length: number): DecodedNode {
  const range = (start: number, end: number) =>
    end < base ? {} : { start: Math.max(0, start - base), end: Math.min(length, end - base) };
  const nodes = [leaf('command', 'field', frame.command, range(frame.start, frame.start + frame.command.length))];
  const headers = frame.headers.map(({ name, value, start, end }) => leaf(name, 'string', value, range(start, end)));
  nodes.push(branch('headers', 'object', itemCount(headers.length), headers));
  if (frame.bodyEnd > frame.bodyStart)
    nodes.push(innerPayload('body', bytes, frame.bodyStart, frame.bodyEnd, base).node);
  return branch('', 'object', titleOf(frame), nodes, range(frame.start, frame.end));
}

function valueOfFrame(frame: StompFrame, bytes: Uint8Array): unknown {
  const { command, headers, bodyStart, bodyEnd } = frame;
  const body = bodyEnd > bodyStart ? innerPayload('body', bytes, bodyStart, bodyEnd).value() : undefined;
  const entries = headers.map(({ name, value }) => [name, value] as const).reverse();
  return { command, headers: Object.fromEntries(entries), ...(body !== undefined && { body }) };
}

/** Subscriptions by their id, receipts by theirs; a receipt for a subscription replies to that. */
function pairOf(frame: StompFrame, context: DecodeContext): Pair | undefined {
  const { command } = frame;
  const get = (name: string) => cut(headerOf(frame, name) ?? '', 300);
  const receipt = get('receipt');
  const ask = (id: string, role: 'request' | 'end', opens = false): Pair | undefined => {
    if (receipt !== '') rememberName(context, `receipt ${receipt}`, id);
    return { id, role, ...(opens && receipt === '' && { opens }) };
  };
  switch (command) {
    case 'CONNECT':
    case 'STOMP':
      return { id: 'connect', role: 'request' };
    case 'CONNECTED':
      return { id: 'connect', role: 'reply' };
    case 'SUBSCRIBE':
      return ask(`subscription ${get('id') || get('destination')}`, 'request', true);
    case 'UNSUBSCRIBE':
      return ask(`subscription ${get('id') || get('destination')}`, 'end');
    case 'MESSAGE':
      return { id: `subscription ${get('subscription') || get('destination')}`, role: 'event' };
    case 'RECEIPT':
    case 'ERROR': {
      const id = get('receipt-id');
      if (id === '') return undefined;
      const asked = rememberedName(context, `receipt ${id}`) || `receipt ${id}`;
      forgetName(context, `receipt ${id}`);
      return { id: asked, role: 'reply' };
    }
    default:
      return receipt === '' ? undefined : { id: `receipt ${receipt}`, role: 'request' };
  }
}
