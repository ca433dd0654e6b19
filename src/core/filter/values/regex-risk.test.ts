import { describe, expect, it } from 'vitest';
import { mayRunAway } from './regex-risk';

describe('mayRunAway', () => {
  it.each([
    '(a+)+',
    '(a*)*$',
    '(?:x\\w+)*',
    '((a+))+',
    '(a|b+){2,}',
    '([a-z]+)*',
    '(a+b?)+',
    '(a|ab)*',
    '(\\d|x)+',
    '(?<n>a|A)+',
    '((a|a))*',
    '(|a)+',
  ])('suspects %s', (source) => {
    expect(mayRunAway(source)).toBe(true);
  });

  it.each([
    'a+b+',
    '(a+)?',
    '(ab)+',
    '(a+){2}',
    '\\(a+\\)+',
    '[(a+)]+',
    'trade.*BTC',
    '(foo|bar)+',
    '(?:a|b)*',
    '(?=a)b+',
    '(a|b|)',
    '(',
    ')*',
    '',
  ])('trusts %s', (source) => {
    expect(mayRunAway(source)).toBe(false);
  });
});
