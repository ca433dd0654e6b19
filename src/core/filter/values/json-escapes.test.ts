import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../compile-filter';
import { testContent, testEnvironment, testRow } from '../testing/rows';
import { hidesLetters, isEscapedByEncoders, withoutJsonEscapes } from './json-escapes';

describe('JSON escapes', () => {
  it('are replaced as a JSON parser does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, ascii) => {
        const json = JSON.stringify(text).slice(1, -1);
        const hex = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
        expect(withoutJsonEscapes(ascii ? json.replace(/[^\x20-\x7e]/g, hex) : json)).toBe(text);
      }),
    );
  });

  it('are told from plain text', () => {
    expect([isEscapedByEncoders('trade'), isEscapedByEncoders('é'), isEscapedByEncoders('a/b')]).toEqual([
      false,
      true,
      true,
    ]);
    expect([hidesLetters('a\\nb'), hidesLetters('\\u00e9'), hidesLetters('a\\/b')]).toEqual([false, true, true]);
  });

  it.each([
    ['café', '{"a":"caf\\u00e9"}', true],
    ['CAFÉ', '{"a":"caf\\u00e9"}', true],
    ['a/b', '{"a":"a\\/b"}', true],
    ['"say \\"hi\\""', '{"a":"say \\"hi\\""}', true],
    ['/caf.$|é"/', '{"a":"caf\\u00e9"}', true],
    ['-café', '{"a":"caf\\u00e9"}', false],
    ['cafe', '{"a":"caf\\u00e9"}', false],
    ['u00e9', '{"a":"caf\\u00e9"}', true],
  ])('do not hide %s in %s: %s', (query, text, passes) => {
    const filter = compileFilter(query, testEnvironment());
    expect(filter.test(testRow(), testContent(text))).toBe(passes);
    if (passes) for (const word of filter.mustContain) expect(text).toContain(word);
  });
});
