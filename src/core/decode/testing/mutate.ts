import { MOST_PARTS } from '../parts';
import type { DecodeContext, Decoded, DecodedNode, Decoder } from '../types';

/** Random numbers from a seed (mulberry32), so that a failure can be repeated. Gives 0 to before 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bytes that mean something in many formats. */
const TELLING = [
  0x00, 0x01, 0x7f, 0x80, 0xff, 0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a, 0x5c, 0x0a, 0x0d, 0x1e, 0xc1, 0xdf, 0xdd,
];

/** A copy of `seed` with a few bytes changed, removed, repeated or added, or cut short. */
export function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(seed);
  const below = (max: number) => Math.floor(random() * max);
  for (let i = below(4); i >= 0; i--) {
    const at = below(bytes.length + 1);
    switch (below(6)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes[at] = below(256);
        break;
      case 2:
        bytes[at] = TELLING[below(TELLING.length)] as number;
        break;
      case 3:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + 1 + below(8)));
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(below(at + 1), at), bytes.subarray(at));
        break;
      default:
        bytes = joined(
          bytes.subarray(0, at),
          Uint8Array.of(TELLING[below(TELLING.length)] as number),
          bytes.subarray(at),
        );
    }
  }
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What decoders may keep of earlier messages of a connection and show with a later one, in bytes. */
const KEPT = 1_200_000;

/** Nodes that {@link checkBounds} opens of one tree, if not told otherwise. */
const OPENED = 5000;

/**
 * Throws an `Error` that says what is wrong where a result is not within the contract: summary and kind of one short
 * line, offsets within the payload, pairs with an id, and a tree that opens without throwing.
 *
 * `opened` is how many nodes are opened, `kept` how many bytes of earlier messages the payload may continue.
 */
export function checkBounds(decoded: Decoded, payload: Uint8Array, { opened = OPENED, kept = 0 } = {}): void {
  const { summary, kind, problem, parts = [] } = decoded;
  if (summary.length > 320) throw new Error(`summary of ${summary.length}`);
  if (/[\n\r]/.test(summary)) throw new Error('summary of several lines');
  if (kind.length > 100 || /[\n\r]/.test(kind)) throw new Error(`kind of ${kind.length}: ${kind}`);
  if (problem && !(problem.at >= 0 && problem.at <= payload.length))
    throw new Error(`problem at ${problem.at} of ${payload.length}`);
  if (parts.length > MOST_PARTS) throw new Error(`${parts.length} parts`);
  for (const { pair, topics } of parts) {
    if (pair && (pair.id === '' || pair.id.length > 1000)) throw new Error(`pair id "${pair.id.slice(0, 20)}"`);
    if (pair === undefined && topics === undefined) throw new Error('a part of nothing');
  }
  decoded.json?.();
  const open: DecodedNode[] = [decoded.tree];
  for (let count = 0; open.length > 0 && count < opened; count++) {
    const node = open.pop() as DecodedNode;
    checkNode(node, payload, kept);
    const children = node.children?.() ?? [];
    if (children.length > 1001) throw new Error(`${children.length} children, not grouped`);
    open.push(...children);
  }
}

function checkNode({ name, value, start, end }: DecodedNode, payload: Uint8Array, kept: number): void {
  if (typeof name !== 'string' || typeof value !== 'string') throw new Error('a node without name or value');
  if (value.length > 40 * (payload.length + 100) + kept)
    throw new Error(`a value of ${value.length} for ${payload.length} bytes`);
  if (start === undefined || end === undefined) return;
  if (!(start >= 0 && start <= end && end <= payload.length))
    throw new Error(`range ${start} to ${end} of ${payload.length}`);
}

/**
 * Decodes `count` mutated copies of the seeds, with one state for all as a connection has it, and checks the bounds.
 * Throws an `Error` that holds the payload (base64) and the error of the first result that is not within them.
 */
export function fuzzDecoder(decoder: Decoder, seeds: Uint8Array[], count: number, seed = 1): void {
  const random = randomFrom(seed);
  const state: DecodeContext['state'] = {};
  for (let i = 0; i < count; i++) {
    const payload = mutate(seeds[i % seeds.length] as Uint8Array, random);
    const text = random() < 0.5;
    const direction = random() < 0.5 ? 'sent' : 'received';
    try {
      checkBounds(decoder.decode(payload, { url: 'ws://127.0.0.1/', protocol: '', direction, text, state }), payload, {
        kept: KEPT,
      });
      decoder.sniff({ url: 'ws://127.0.0.1/', protocol: '' }, [{ direction, text, payload }]);
    } catch (error) {
      const base64 = btoa(String.fromCharCode(...payload));
      throw new Error(`${decoder.id} on ${text ? 'text' : 'bytes'} ${base64}: ${String(error)}`, { cause: error });
    }
  }
}
