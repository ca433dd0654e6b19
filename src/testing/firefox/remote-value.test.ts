import { describe, expect, it } from 'vitest';
import { plainValue } from './remote-value';

describe('plainValue', () => {
  it('takes apart nested objects and arrays', () => {
    const remote = {
      type: 'object',
      value: [
        ['list', { type: 'array', value: [{ type: 'number', value: 1 }, { type: 'null' }] }],
        ['text', { type: 'string', value: 'a' }],
        ['nothing', { type: 'undefined' }],
      ],
    };
    expect(plainValue(remote)).toEqual({ list: [1, null], text: 'a', nothing: undefined });
  });

  it('knows the numbers that JSON has no word for', () => {
    const numbers = ['NaN', '-0', 'Infinity', '-Infinity'].map((value) => plainValue({ type: 'number', value }));
    expect(numbers).toEqual([Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it('refuses what has no plain value', () => {
    expect(() => plainValue({ type: 'node' })).toThrow(/node/);
  });
});
