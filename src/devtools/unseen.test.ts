import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UNSEEN } from './unseen';

test('docs/coverage.md explains whatever the panel says cannot be seen', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8');
  for (const words of Object.values(UNSEEN).flat()) expect(doc).toContain(`“${words}”`);
});
