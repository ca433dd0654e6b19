import { describe, expect, it } from 'vitest';
import { regexSteps } from './regex-steps';

describe('regexSteps', () => {
  it.each([
    ['', 300],
    ['abc', 300],
    ['a+', 300 ** 2],
    ['trade.*BTC', 300 * 301],
    ['(foo|bar)+', 300 ** 2],
    ['[(a+)]+', 300 ** 2],
    ['\\(a+\\)', 300 ** 2],
    ['a{2,5}', 300 * 4],
    ['(a?){3}', 300 * 8],
    ['a.*b.*c', 300 * 301 ** 2],
    ['(?=a)b+', 300 ** 2],
    ['(ab|ac)', 600],
  ])('counts %s', (source, steps) => {
    expect(regexSteps(source, 300)).toBe(steps);
  });

  it.each([
    '(a+)+',
    '(a*)*$',
    '(?:x\\w+)*',
    '((a+))+',
    '([a-z]+)*',
    '(a|ab)*',
    '(\\d|x)+',
    '(?<n>a|A)+',
    '(|a)+',
    '(\\d{1,3},?)+x',
    '(\\w\\w?)+!',
    '(a?a?)*b',
    '(a{1,9}){40}b',
    '\\d*\\d*\\d*x',
    `${'a?'.repeat(25)}${'a'.repeat(25)}`,
  ])('finds that %s takes too long', (source) => {
    expect(regexSteps(source, 300)).toBeGreaterThan(300 ** 3.5);
  });
});
