import { expect, it } from 'vitest';
import { fakeStorage } from '../testing/fakeStorage';
import { createLayout } from './layout';

it('keeps each size that a splitter allows', () => {
  const storage = fakeStorage();
  const first = createLayout(storage);
  const sizes = ['connectionsWidth', 'connectionsHeight', 'connectionHeight', 'detailHeight', 'detailWidth'] as const;
  for (const size of sizes) first[size].value = 80;
  const again = createLayout(storage);
  expect(sizes.map((size) => again[size].value)).toEqual([80, 80, 80, 80, 80]);
});
