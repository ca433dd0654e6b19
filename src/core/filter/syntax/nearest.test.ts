import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest';

describe('nearest', () => {
  it.each([
    ['dir', 'dir', 0],
    ['dri', 'dir', 1],
    ['marekd', 'marked', 1],
    ['siez', 'size', 1],
    ['kin', 'kind', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('%s is from %s as far as %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('finds the nearest, if it is near', () => {
    expect(nearest('dri', ['size', 'dir'], 1)).toBe('dir');
    expect(nearest('foo', ['size', 'dir'], 2)).toBeNull();
    expect(nearest('x', ['is'], 3)).toBeNull();
    expect(nearest('x'.repeat(1000), ['is'], 3)).toBeNull();
  });
});
