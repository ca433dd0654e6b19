import { expect, test } from 'vitest';
import { plainValue } from './plain-value';
import { outline } from './testing/decoding';
import { decodedByUser } from './user-result';

const bytes = new TextEncoder().encode('payload');
const resultOf = (given: unknown) => decodedByUser(plainValue(given), bytes, true);

test('a value is its own summary, and its kind is that of plain data', () => {
  const { tree, summary, kind, json, problem } = resultOf({ type: 'tick', price: 1.5 });
  expect(outline(tree)).toEqual({ type: 'tick', price: '1.5' });
  expect(summary).toBe('{type: "tick", price: 1.5}');
  expect(kind).toBe('type:tick');
  expect(json?.()).toEqual({ type: 'tick', price: 1.5 });
  expect(problem).toBeUndefined();
  expect(resultOf([{ op: 2 }]).kind).toBe('[op 2]');
  expect(resultOf('one\nline')).toMatchObject({ summary: 'one line', kind: '' });
  expect(resultOf([]).kind).toBe('[]');
  expect(resultOf(undefined).tree.value).toBe('undefined');
});

test('an object of value, summary and kind says all three', () => {
  const { tree, summary, kind } = resultOf({ value: [1], summary: `long ${'x'.repeat(900)}`, kind: 'tick\nBTC' });
  expect(tree.value).toBe('1 item');
  expect(summary.length).toBe(300);
  expect(kind).toBe('tick BTC');
  expect(resultOf({ value: 1, kind: 7 })).toMatchObject({ kind: '', summary: '1' });
});

test('an object that only has such a member too is a value like any other', () => {
  expect(resultOf({ value: 1, unit: 'V' })).toMatchObject({ summary: '{value: 1, unit: "V"}' });
});

test('what was left out is a problem without a place', () => {
  const long = resultOf(Array.from({ length: 30_000 }, () => 0));
  expect(long.problem).toEqual({ message: 'The result is more than 20000 values: the rest was left out', at: -1 });
});

test('a failure shows the raw message', () => {
  const failed = decodedByUser({ failure: 'Mine failed in line 2: no' }, bytes, true);
  expect(failed).toMatchObject({ summary: 'payload', problem: { message: 'Mine failed in line 2: no', at: -1 } });
  expect(decodedByUser({ failure: 'no' }, bytes, false).tree.type).toBe('bytes');
});
