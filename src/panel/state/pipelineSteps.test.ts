import { expect, test } from 'vitest';
import { moved, stepsText, takeFromText, takeText } from './pipelineSteps';

test.each([
  ['', ['content']],
  [' ', ['content']],
  ['data', ['data']],
  ['data . body', ['data', 'body']],
])('%j is the place %j', (text, take) => {
  expect(takeFromText(text)).toEqual(take);
  expect(takeFromText(takeText(take))).toEqual(take);
});

test('steps are told in a line', () => {
  const steps = [{ skip: 4 }, { decoder: 'gzip', take: ['content'] }];
  expect(stepsText(steps, (id) => id.toUpperCase())).toBe('skip 4 → GZIP');
});

test('a step moves within the list', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
