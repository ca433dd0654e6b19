import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './diffLines';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });
const side = (runs: ReturnType<typeof diffLines>, without: 'removed' | 'added'): string[] =>
  runs.flatMap((run) => (run.type === without ? [] : run.lines));

/** Length of the longest common subsequence, the slow and sure way. */
function common(a: string[], b: string[]): number {
  const row = Array(b.length + 1).fill(0);
  for (const x of a) {
    let diagonal = 0;
    b.forEach((y, j) => {
      const above = row[j + 1];
      row[j + 1] = x === y ? diagonal + 1 : Math.max(row[j], above);
      diagonal = above;
    });
  }
  return row[b.length];
}

describe('diffLines', () => {
  it('tells what changed', () => {
    expect(diffLines(['{', '  "a": 1', '}'], ['{', '  "a": 2', '}'])).toEqual([
      { type: 'same', lines: ['{'] },
      { type: 'removed', lines: ['  "a": 1'] },
      { type: 'added', lines: ['  "a": 2'] },
      { type: 'same', lines: ['}'] },
    ]);
    expect(diffLines([], [])).toEqual([]);
  });

  it('holds both texts whole, and nothing twice that could be once', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const runs = diffLines(before, after);
        expect(side(runs, 'added')).toEqual(before);
        expect(side(runs, 'removed')).toEqual(after);
        const same = runs.flatMap((run) => (run.type === 'same' ? run.lines : []));
        expect(same.length).toBe(common(before, after));
      }),
      { numRuns: 500 },
    );
  });

  it('is done soon with texts that have nothing in common', () => {
    const before = Array.from({ length: 5000 }, (_, at) => `a${at}`);
    const after = Array.from({ length: 5000 }, (_, at) => `b${at}`);
    expect(diffLines(before, after).map(({ type, lines }) => [type, lines.length])).toEqual([
      ['removed', 5000],
      ['added', 5000],
    ]);
  }, 5000);
});
