import { MAX_KEPT } from '../byte-stream';
import type { DecodeContext, Decoder } from '../types';
import { checkBounds, mutate, randomFrom } from './mutate';
import type { Recording } from './record-server';

/** Longest time that one input may take, in ms. */
const SLOW_MS = 50;
/** Most bytes that a decoder may remember of a connection. */
const MAX_STATE = 4 * 1024 * 1024;

/** A message to start from, and where it was said. */
export interface Seed {
  context: Omit<DecodeContext, 'state'>;
  payload: Uint8Array;
}

/** An input on which the contract was broken. */
export interface FuzzFailure {
  decoder: string;
  /** `exception`, `bounds`, `slow` or `state`. */
  what: string;
  message: string;
  /** The input in base64, and the rest of its context. */
  payload: string;
  context: Omit<DecodeContext, 'state'>;
}

export interface FuzzReport {
  decoder: string;
  inputs: number;
  /** Longest time of one input, in ms. */
  slowest: number;
  failures: FuzzFailure[];
}

/** Nodes opened of the tree of a short input and of a long one: a lazy tree may read all of it again for each. */
const OPENED = { short: 300, long: 10 };
/** Longer than this is a long input, in bytes. */
const LONG = 1_500;

/** Called before each input, so that a watcher can tell what a decoder hangs on. */
export type Watch = (index: number, payload: Uint8Array) => void;

/** How often an input that seemed slow is timed again; the shortest time counts. */
const RETRIES = 3;

/** Most failures that are kept of a decoder. */
const MAX_FAILURES = 5;

/** Every message of the recordings as a seed. */
export function seedsOf(recordings: Recording[]): Seed[] {
  return recordings.flatMap(({ url, protocol, messages }) =>
    messages.map(({ direction, text, payload }) => ({ context: { url, protocol, direction, text }, payload })),
  );
}

/**
 * Gives a decoder `count` inputs made from seeds and checks each result: no exception, within the bounds of
 * {@link checkBounds}, in at most 50 ms. Half of the decoders' life is one connection's state for all
 * inputs, the other half a fresh one for each.
 *
 * @param own what the decoder's own protocol said; where there is none, `others` stand in
 * @param others messages of other protocols
 * @param now a clock in ms
 */
export function fuzz(
  decoder: Decoder,
  own: Seed[],
  others: Seed[],
  count: number,
  seed: number,
  now: () => number,
  watch: Watch,
): FuzzReport {
  const random = randomFrom(seed);
  const report: FuzzReport = { decoder: decoder.id, inputs: 0, slowest: 0, failures: [] };
  const shared: DecodeContext['state'] = {};
  for (let i = 0; i < count && report.failures.length < MAX_FAILURES; i++) {
    const from = pick(own.length > 0 && random() < 0.85 ? own : others, random);
    const payload = inputOf(from, random);
    const context = { ...from.context };
    if (random() < 0.1) context.text = !context.text;
    if (random() < 0.1) context.direction = context.direction === 'sent' ? 'received' : 'sent';
    watch(i, payload);
    report.inputs++;
    const fail = (what: string, message: string) =>
      report.failures.push({ decoder: decoder.id, what, message, payload: base64(payload), context });
    const state = i % 2 === 0 ? shared : {};
    try {
      const time = decodeTime(decoder, payload, { ...context, state }, now);
      report.slowest = Math.max(report.slowest, time);
      // A busy machine may pause now and then; an input that is slow is slow each time.
      let again = time;
      for (let tries = 0; again > SLOW_MS && tries < RETRIES; tries++) {
        again = Math.min(again, decodeTime(decoder, payload, { ...context, state: {} }, now));
      }
      if (again > SLOW_MS) fail('slow', `${again.toFixed(0)} ms for ${payload.length} bytes`);
    } catch (error) {
      fail(error instanceof BoundsError ? 'bounds' : 'exception', String(error instanceof Error ? error.stack : error));
    }
  }
  const size = sizeOf(shared);
  if (size > MAX_STATE) {
    const context = { url: '', protocol: '', direction: 'sent', text: false } as const;
    report.failures.push({
      decoder: decoder.id,
      what: 'state',
      message: `${size} bytes remembered`,
      payload: '',
      context,
    });
  }
  return report;
}

/** A result beyond the contract's bounds. */
class BoundsError extends Error {}

/** Decodes, sniffs and checks; gives how long the first two took, in ms. */
function decodeTime(decoder: Decoder, payload: Uint8Array, context: DecodeContext, now: () => number): number {
  const start = now();
  const decoded = decoder.decode(payload, context);
  decoded.json?.();
  decoder.sniff(context, [{ direction: context.direction, text: context.text, payload }]);
  const time = now() - start;
  try {
    const opened = payload.length > LONG ? OPENED.long : OPENED.short;
    checkBounds(decoded, payload, { opened, kept: MAX_KEPT });
  } catch (error) {
    throw new BoundsError(String(error), { cause: error });
  }
  return time;
}

/** Mostly mutated; also cut, as they are, noise, and now and then long. */
function inputOf({ payload }: Seed, random: () => number): Uint8Array {
  const dice = random();
  if (dice < 0.7) return mutate(payload, random);
  if (dice < 0.85) return payload.slice(0, Math.floor(random() * (payload.length + 1)));
  if (dice < 0.9) return payload;
  if (dice < 0.998) return Uint8Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256));
  return repeated(mutate(payload, random), 2000 + Math.floor(random() * 8_000));
}

function repeated(part: Uint8Array, length: number): Uint8Array {
  if (part.length === 0) return part;
  return Uint8Array.from({ length }, (_, i) => part[i % part.length] ?? 0);
}

function pick(seeds: Seed[], random: () => number): Seed {
  const seed = seeds[Math.floor(random() * seeds.length)];
  if (seed === undefined) throw new Error('no seeds to start from');
  return seed;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Bytes of texts and buffers that a value holds, roughly. */
function sizeOf(value: unknown, seen = new Set<object>()): number {
  if (typeof value === 'string') return value.length * 2;
  if (typeof value !== 'object' || value === null || seen.has(value)) return 8;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const parts: unknown[] =
    value instanceof Map
      ? [...value.keys(), ...value.values()]
      : value instanceof Set
        ? [...value]
        : Object.values(value);
  return parts.reduce((sum: number, part) => sum + sizeOf(part, seen), 16);
}
