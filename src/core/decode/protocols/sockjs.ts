import { text as plainText } from '../encodings/text';
import { looksLikeJson } from '../json/nodes';
import { isRecord, type JsonReading, readJson } from '../json/read';

import { joinParts } from '../parts';
import { headText, NO, pathOf, type Sniff, share } from '../sniffing';
import { branch, detached, itemCount, kindOf, leaf, nodeOfValue, oneLine, previewValue } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../types';
import { ddp } from './ddp';
import { stomp } from './stomp';
import { beginsFrame, skipLineEnds } from './stomp-frames';

/** SockJS protocol 0.3.3, "Framing": the server's frames by their first letter. */
const FRAMES: Record<string, string> = { o: 'open', h: 'heartbeat', a: 'messages', m: 'message', c: 'close' };

/**
 * SockJS over WebSocket: https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html, "Framing" and
 * "WebSocket". What its messages carry (STOMP, JSON) is decoded too.
 */
export const sockJs: Decoder = {
  id: 'sockjs',
  label: 'SockJS',
  layer: 'protocol',
  sniff: ({ url }, samples) => sniffSockJs(url, samples),
  decode(payload, context) {
    const letter = String.fromCharCode(payload[0] ?? 0);
    const frame = FRAMES[letter];
    if (context.direction === 'received' && frame !== undefined) return decodeFrame(payload, frame, letter, context);
    if (letter === '[' || letter === '"') return decodeMessages(readMessages(payload, 0), [], context);
    return { ...plainText.decode(payload), problem: { message: 'not a SockJS frame', at: 0 } };
  },
};

function sniffSockJs(url: string, samples: Sample[]): Sniff {
  const session = /\/\d{3}\/[^/]+\/websocket\/?$/.test(pathOf(url));
  const framed = share(samples, (sample) => {
    const head = headText(sample);
    return (
      sample.text && (sample.direction === 'sent' ? /^\s*(\["|")/.test(head) : /^([oh]$|a\[|m"|c\[\d+,)/.test(head))
    );
  });
  if (framed < 1 && samples.length > 0) return NO;
  if (session) return { confidence: 0.95, reason: 'the path has a server and a session' };
  const letters = samples.filter((sample) => sample.direction === 'received');
  return letters.some((sample) => /^(o$|a\[")/.test(headText(sample)))
    ? { confidence: 0.9, reason: 'messages are SockJS frames' }
    : NO;
}

function decodeFrame(payload: Uint8Array, frame: string, letter: string, context: DecodeContext): Decoded {
  const node = leaf('frame', 'field', frame, { note: letter, start: 0, end: 1 });
  if (letter === 'a' || letter === 'm') return decodeMessages(readMessages(payload, 1), [node], context);
  const decoded = { kind: frame, ...(letter === 'h' && { heartbeat: true }) };
  if (payload.length === 1) {
    return { ...decoded, tree: branch('', 'object', frame, [node]), summary: frame, json: () => ({ frame }) };
  }
  const reading = readJson(payload, 1, payload.length, letter === 'c' ? 'reason' : 'data');
  return {
    ...decoded,
    tree: branch('', 'object', frame, [node, reading.node]),
    summary: oneLine(`${frame} ${closeWords(reading.value())}`),
    json: () => ({ frame, [reading.node.name]: reading.value() }),
    ...(reading.problem && { problem: reading.problem }),
  };
}

function closeWords(value: unknown): string {
  return Array.isArray(value) ? value.slice(0, 2).map(String).join(' ') : '';
}

function readMessages(payload: Uint8Array, start: number): JsonReading {
  return readJson(payload, start, payload.length, 'messages');
}

/** Messages in one frame beyond this are shown, and not decoded. */
const MOST_DECODED = 100;
/** Messages in one frame that its row shows. */
const SUMMED = 10;

/** An array of strings, or one string: each is a message of what SockJS carries. */
function decodeMessages(reading: JsonReading, nodes: DecodedNode[], context: DecodeContext): Decoded {
  const value = reading.value();
  const messages: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const carried = messages.slice(0, MOST_DECODED).map((message) => decodeCarried(message, context));
  const [only] = carried;
  const many = messages.length > 1;
  const parts = joinParts(carried);
  const tree = branch('', 'object', itemCount(messages.length), [...nodes, messagesNode(reading, carried)]);
  return {
    tree,
    summary: oneLine(
      `${many ? `${messages.length} messages: ` : ''}${carried
        .slice(0, SUMMED)
        .map(({ summary }) => summary)
        .join(' · ')}`,
    ),
    kind: kindOf(only ? only.kind || 'message' : 'messages'),
    json: () => ({ frame: 'messages', messages: messages.map((message, i) => carried[i]?.json?.() ?? message) }),
    ...(parts && { parts }),
    ...(!many && only?.heartbeat && { heartbeat: true }),
    ...(reading.problem && { problem: reading.problem }),
  };
}

/** The strings where they stand, each with what it holds below it. */
function messagesNode({ node }: JsonReading, carried: Decoded[]): DecodedNode {
  const below = (child: DecodedNode, decoded: Decoded | undefined): DecodedNode => {
    const inner = decoded?.tree.children;
    return inner && child.children === undefined ? { ...child, children: () => inner().map(detached) } : child;
  };
  const { children } = node;
  if (children === undefined) return below(node, carried[0]);
  return { ...node, children: () => children().map((child, i) => (child.group ? child : below(child, carried[i]))) };
}

/** What a message holds: STOMP (as Spring sends it), DDP (as Meteor does), other JSON, or text. */
function decodeCarried(message: unknown, context: DecodeContext): Decoded {
  // SockJS knows no other messages than strings, so these are shown as the values they are.
  if (typeof message !== 'string') {
    return { tree: nodeOfValue('', message), summary: previewValue(message), kind: 'message', json: () => message };
  }
  const bytes = new TextEncoder().encode(message);
  context.state.carried ??= {};
  const inner: DecodeContext = { ...context, state: isRecord(context.state.carried) ? context.state.carried : {} };
  const start = skipLineEnds(bytes, 0);
  if (beginsFrame(bytes, start) || (bytes.length > 0 && start === bytes.length)) return stomp.decode(bytes, inner);
  // What is no DDP it gives as JSON.
  return looksLikeJson(message) ? ddp.decode(bytes, inner) : { ...plainText.decode(bytes), kind: 'message' };
}
