import { expect, test } from 'vitest';
import type { Decoder } from '../types';
import { decodeAll, rows, unpaired } from './decode-all';
import { fuzzDecoder } from './mutate';
import type { Recording } from './record-server';

/** What a recorded connection is expected to be read as. */
export interface Expected {
  /** As {@link rows} gives them, in order. */
  rows: string[];
  /** Both sides speak at their own pace: the rows are compared in any order. */
  anyOrder?: boolean;
  /** Heartbeats that come by a clock, each once: compared apart from the other rows. */
  heartbeats?: string[];
  /** Applied to each row before comparing, where the real programs choose ids at random. */
  normal?: (row: string) => string;
  /** Requests that the recorded programs leave without a reply. */
  unpaired?: string[];
}

/**
 * The tests that every protocol's recording has: its rows, its pairs, that it is recognised without its URL and
 * subprotocol, that its second half alone is read without a problem, and that mutated input stays within bounds.
 */
export function protocolSuite(decoder: Decoder, recording: Recording, expected: Expected): void {
  const { between, messages } = recording;
  const normal = expected.normal ?? ((row: string) => row);
  test(`${between}: rows`, () => {
    const found = rows(decoder, recording).map(normal);
    const beats = expected.heartbeats ?? [];
    const others = found.filter((row) => !beats.includes(row));
    if (expected.anyOrder) expect(others.sort()).toEqual([...expected.rows].sort());
    else expect(others).toEqual(expected.rows);
    expect(found).toEqual(expect.arrayContaining(beats));
  });
  test(`${between}: pairs`, () => {
    expect(unpaired(decoder, recording)).toEqual(expected.unpaired ?? []);
  });
  test(`${between}: recognised`, () => {
    expect(decoder.sniff(recording, messages).confidence).toBeGreaterThan(0.5);
    expect(decoder.sniff({ url: '', protocol: '' }, messages).confidence).toBeGreaterThan(0.5);
  });
  test(`${between}: begun mid-stream`, () => {
    const late = { ...recording, messages: messages.slice(Math.floor(messages.length / 2)) };
    for (const decoded of decodeAll(decoder, late)) expect(decoded.problem).toBeUndefined();
  });
  test(`${between}: mutated input stays within bounds`, () => {
    const seeds = messages.map((message) => message.payload).filter((payload) => payload.length > 0);
    fuzzDecoder(decoder, seeds, 2000);
  });
}
