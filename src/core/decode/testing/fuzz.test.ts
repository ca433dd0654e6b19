import { expect, test } from 'vitest';
import { leaf } from '../tree';
import type { Decoded, Decoder } from '../types';
import { fuzz, type Seed } from './fuzz';

const good: Decoded = { tree: leaf('', 'string', 'x'), summary: 'x', kind: '' };
const seeds: Seed[] = [
  { context: { url: '', protocol: '', direction: 'sent', text: true }, payload: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
];
const decoder = (decode: Decoder['decode']): Decoder => ({
  id: 'trial',
  label: 'Trial',
  layer: 'protocol',
  sniff: () => ({ confidence: 0, reason: '' }),
  decode,
});
const run = (decode: Decoder['decode'], clock = () => 0) =>
  fuzz(decoder(decode), seeds, seeds, 300, 1, clock, () => undefined);

test('a decoder that keeps the contract has no failures', () => {
  expect(run(() => good)).toMatchObject({ inputs: 300, failures: [] });
});

test('an exception is reported with its input', () => {
  const { failures } = run((payload) => {
    if (payload.length < 4) throw new TypeError('too short');
    return good;
  });
  expect(failures[0]).toMatchObject({ what: 'exception' });
  expect(atob(failures[0]!.payload).length).toBeLessThan(4);
});

test('a result beyond the bounds is reported', () => {
  const { failures } = run(() => ({ ...good, summary: 'x'.repeat(5000) }));
  expect(failures[0]).toMatchObject({ what: 'bounds' });
});

test('an input that is slow twice is reported, one pause is not', () => {
  let time = 0;
  const tick = (step: (call: number) => number) => {
    let call = 0;
    return () => {
      time += step(call++);
      return time;
    };
  };
  expect(
    run(
      () => good,
      tick(() => 60),
    ).failures[0],
  ).toMatchObject({ what: 'slow' });
  expect(
    run(
      () => good,
      tick((call) => (call === 3 ? 60 : 0)),
    ).failures,
  ).toEqual([]);
});

test('a state that grows without end is reported', () => {
  const { failures } = run((_, { state }) => {
    state[`key ${Object.keys(state).length}`] = 'x'.repeat(100_000);
    return good;
  });
  expect(failures.at(-1)).toMatchObject({ what: 'state' });
});
