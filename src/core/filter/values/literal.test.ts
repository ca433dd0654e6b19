import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsTest, escapeRegex, literalRegex } from './literal';

describe('literal search', () => {
  it('finds any text in itself, with and without Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), fc.string(), (text, before, after) => {
        expect(containsTest(text)(before + text + after)).toBe(true);
        expect(new RegExp(escapeRegex(text)).test(text)).toBe(true);
        expect(new RegExp(escapeRegex(text), 'u').test(text)).toBe(true);
      }),
    );
  });

  it('finds ASCII as a search of bytes without case does, and nothing else', () => {
    const ascii = fc.string({ minLength: 1, maxLength: 3 });
    const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    fc.assert(
      fc.property(
        ascii,
        fc.string({ unit: fc.constantFrom('a', 'K', 'k', '\u212a', 's', '\u017f', 'İ', ' ') }),
        (word, text) => {
          expect(containsTest(word)(text)).toBe(folded(text).includes(folded(word)));
        },
      ),
    );
  });

  it('takes texts too long for a pattern', () => {
    const long = 'Ab'.repeat(500_000);
    expect(containsTest(long)(`x${long.toUpperCase()}x`)).toBe(true);
    expect(containsTest(long)(long.slice(1))).toBe(false);
  });

  it('folds other scripts as Unicode says', () => {
    expect(literalRegex('ПРИВЕТ').test('привет')).toBe(true);
    expect(literalRegex('𐐀').test('𐐨')).toBe(true);
  });
});
