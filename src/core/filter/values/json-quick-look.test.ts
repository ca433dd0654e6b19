import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileFilter } from '../compile-filter';
import { termForJson } from '../term-for';
import { testContent, testEnvironment, testRow } from '../testing/rows';

describe('jsonQuickLook', () => {
  it.each([
    ['$.type:"trade"', '{"type":"tick"}', false],
    ['$.type:"trade"', '{"kind":"trade"}', false],
    ['$.type:missing', '{"kind":"trade"}', true],
    ['-$.type', '{"kind":"trade"}', true],
  ])('spares %s the reading of %s', (query, text, passes) => {
    const json = vi.fn();
    const content = { ...testContent(text), json, jsonIsText: () => true };
    expect(compileFilter(query, testEnvironment()).test(testRow(), content)).toBe(passes);
    expect(json).not.toHaveBeenCalled();
  });

  it.each([
    ['$.type:"trade"', '{"t\\u0079pe":"trade"}'],
    ['$.type:"a/b"', '{"type":"a\\/b"}'],
    ['$.a.0:5', '{"a":[5]}'],
    ['$.n:5', '{"n":5.0}'],
    ['$.n:"ü"', '{"n":"\\u00fc"}'],
  ])('reads for %s %s', (query, text) => {
    const content = { ...testContent(text), jsonIsText: () => true };
    expect(compileFilter(query, testEnvironment()).test(testRow(), content)).toBe(true);
  });

  it('never changes what passes', () => {
    const value = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'b', 1, null, true));
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom('a', 'b', 'ü', '"', '1'), fc.string({ maxLength: 2 })),
      value,
    );
    fc.assert(
      fc.property(object, object, (asked, sent) => {
        const text = JSON.stringify(sent);
        for (const key of Object.keys(asked)) {
          for (const term of [termForJson([key], asked[key]), `${termForJson([key], {})}:missing`]) {
            const { test } = compileFilter(term, testEnvironment());
            const slow = test(testRow(), testContent(text));
            expect(test(testRow(), { ...testContent(text), jsonIsText: () => true })).toBe(slow);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
