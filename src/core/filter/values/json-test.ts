import type { Operand } from '../syntax/query';
import { describeIntervals, intervalTest, parseIntervals, straighten } from './intervals';
import { containsTest } from './literal';
import { type RegexOperand, regexOperand, showRegex } from './regex-operand';
import { parseCount } from './units';

/** What is asked of the value at a JSON path. */
export interface JsonTest {
  regex: RegexOperand | null;
  /** What JSON without escapes must contain for a value to pass, if that is known; for a quick look at the text. */
  whole: string | null;
  /** True when the term passes where no value passes `passes`. */
  missing: boolean;
  passes(value: unknown): boolean;
  /** After "have", or after "do not have" where it is `missing`: `the value “y” at $.x`. */
  words(path: string): string;
}

const PLAIN = { regex: null, whole: null, missing: false };

/**
 * Understands what stands behind a path's colon. Quoted: a string that is exactly that. Bare: a comparison or range
 * of numbers (numbers within strings count), `missing`, `exists`, `~part`, or a string, number or literal that reads the same.
 */
export function parseJsonTest(operand: Operand | null): { test: JsonTest; problem: string | null } {
  if (!operand) return { test: existsTest(false), problem: null };
  if (operand.form === 'regex') {
    const { value, problem } = regexOperand(operand.source, operand.flags);
    const { regex } = value;
    const test: JsonTest = {
      ...PLAIN,
      regex: value,
      passes: (found) => isLeaf(found) && regex.test(String(found)),
      words: (path) => `a value at ${path} that matches ${showRegex(value)}`,
    };
    return { test, problem };
  }
  const { text } = operand;
  if (operand.form === 'quoted') {
    const test = equalTest(text, (value) => value === text, `“${text}”`);
    return { test: { ...test, whole: text }, problem: null };
  }
  if (text === 'missing') return { test: existsTest(true), problem: null };
  if (text === 'exists') return { test: existsTest(false), problem: null };
  if (text.length > 1 && text[0] === '~') return { test: partTest(text.slice(1)), problem: null };
  return numberTest(text) ?? { test: equalTest(text, readsAs(text), text), problem: null };
}

function existsTest(missing: boolean): JsonTest {
  return { ...PLAIN, missing, passes: () => true, words: (path) => `a value at ${path}` };
}

function equalTest(text: string, passes: (value: unknown) => boolean, shown: string): JsonTest {
  return {
    ...PLAIN,
    whole: isNumeric(text) ? null : text,
    passes,
    words: (path) => `the value ${text === '' ? '“”' : shown} at ${path}`,
  };
}

function partTest(part: string): JsonTest {
  const contains = containsTest(part);
  return {
    ...PLAIN,
    passes: (value) => isLeaf(value) && contains(String(value)),
    words: (path) => `a value at ${path} that contains “${part}”`,
  };
}

/** Comparisons and ranges; `null` when `text` is neither, or a single value. */
function numberTest(text: string): { test: JsonTest; problem: string | null } | null {
  if (!/^[<>=]|\.\./.test(text)) return null;
  const parsed = parseIntervals(text, parseCount);
  if (!parsed) return null;
  const { intervals, note } = straighten(parsed);
  const within = intervalTest(intervals);
  const test: JsonTest = {
    ...PLAIN,
    passes(value) {
      if (typeof value === 'number') return within(value);
      if (typeof value === 'bigint') return within(Number(value));
      return typeof value === 'string' && isNumeric(value) && within(Number(value));
    },
    words: (path) => `a number ${describeIntervals(intervals, String)} at ${path}`,
  };
  return { test, problem: note };
}

/** Prices and ids are often sent as strings. */
function isNumeric(text: string): boolean {
  return text.length < 64 && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
}

/** Whether a value reads as the bare word `text` does: `5`, `5.0` and `"5"` for `5`, `true` and `"true"` for `true`. */
function readsAs(text: string): (value: unknown) => boolean {
  const number = isNumeric(text) ? Number(text) : Number.NaN;
  return (value) => {
    switch (typeof value) {
      case 'string':
        return value === text;
      case 'number':
        return value === number;
      case 'bigint':
      case 'boolean':
        return String(value) === text;
      default:
        return value === null && text === 'null';
    }
  };
}

function isLeaf(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol');
}
