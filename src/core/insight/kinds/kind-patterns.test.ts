import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KindPatterns, MOST_KINDS, OTHERS } from './kind-patterns';

/** The pattern that each kind has in the end. */
function patternsOf(kinds: string[]): string[] {
  const patterns = new KindPatterns(() => undefined);
  for (const kind of kinds) patterns.numberOf(kind);
  return kinds.map((kind) => patterns.nameOf(patterns.numberOf(kind)));
}

const numbered = (count: number, kind: (n: number) => string) => Array.from({ length: count }, (_, n) => kind(n));

test('few kinds stay as they are', () => {
  const kinds = ['event:trade', 'op 2', 'PUBLISH sensors/1', 'PUBLISH sensors/2', '{price, symbol}', ''];
  expect(patternsOf(kinds)).toEqual(kinds);
});

test('topics without end become one pattern', () => {
  expect(new Set(patternsOf(numbered(100, (n) => `PUBLISH sensors/${n}`)))).toEqual(new Set(['PUBLISH sensors/#']));
  expect(new Set(patternsOf(numbered(100, (n) => `PUBLISH room/${n}/temperature`)))).toEqual(
    new Set(['PUBLISH room/#']),
  );
});

test('codes, words and shapes are kinds of their own, as long as they are not too many', () => {
  const kinds = [
    ...numbered(12, (n) => `op ${n}`),
    ...'abcdefghijklmnopqrst'.split('').map((letter) => `event:${letter}`),
    ...numbered(20, (n) => `{a.${n}, b}`),
  ];
  expect(patternsOf(kinds)).toEqual(kinds);
});

test('what was counted is told where it belongs now', () => {
  const counts = new Map<number, number>();
  const add = (pattern: number, by: number) => counts.set(pattern, (counts.get(pattern) ?? 0) + by);
  const patterns = new KindPatterns((from, to) => {
    for (const gone of from) {
      add(to, counts.get(gone) ?? 0);
      counts.delete(gone);
    }
  });
  const kind = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(40), fc.nat(12)).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(kind), (kinds) => {
      const before = [...counts.values()].reduce((sum, count) => sum + count, 0);
      for (const each of kinds) add(patterns.numberOf(each), 1);
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(before + kinds.length);
      expect([...counts.keys()].every((pattern) => patterns.nameOf(pattern) !== '')).toBe(true);
    }),
  );
});

test('there are never more than so many, whatever comes', () => {
  const patterns = new KindPatterns(() => undefined);
  const seen = new Set<number>();
  for (const kind of numbered(5000, (n) => `{shape${n}}`)) seen.add(patterns.numberOf(kind));
  expect(seen.size).toBe(MOST_KINDS + 1);
  expect(seen.has(OTHERS)).toBe(true);
});
