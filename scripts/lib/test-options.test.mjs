import { expect, it } from 'vitest';
import { testOptions } from './test-options.mjs';

it('runs everything by default, and parts when asked', () => {
  expect([...testOptions([]).parts]).toEqual(['static', 'unit', 'e2e']);
  expect([...testOptions(['--unit', '--static']).parts]).toEqual(['static', 'unit']);
});

it('hands the rest to the one runner chosen', () => {
  expect(testOptions(['--e2e', '--project=firefox', 'chat'])).toEqual({
    parts: new Set(['e2e']),
    rest: ['--project=firefox', 'chat'],
  });
  expect(() => testOptions(['chat'])).toThrow('choose --unit or --e2e');
  expect(() => testOptions(['--unit', '--e2e', 'chat'])).toThrow('choose');
});
