import { expect, test } from 'vitest';
import { parseFromSandbox } from './sandbox';

test.each([
  [{ type: 'alive', more: 1 }, { type: 'alive' }],
  [{ type: 'ready' }, { type: 'ready' }],
  [
    { type: 'broken', message: 'no', line: 3 },
    { type: 'broken', message: 'no', line: 3 },
  ],
  [
    { type: 'broken', message: {}, line: -1 },
    { type: 'broken', message: '', line: null },
  ],
  [
    { type: 'result', frame: 1, value: { a: 1 }, left: 7 },
    { type: 'result', frame: 1, value: { a: 1 }, left: null },
  ],
  [
    { type: 'failed', frame: 1, message: 'x'.repeat(1000), line: 1.5 },
    { type: 'failed', frame: 1, message: 'x'.repeat(500), line: null },
  ],
  [{ type: 'result', frame: '1', value: 1 }, null],
  [{ type: 'other', frame: 1 }, null],
  ['ready', null],
  [null, null],
])('%j is %j', (data, expected) => {
  expect(parseFromSandbox(data)).toEqual(expected);
});
