import { expect, it } from 'vitest';
import { outdatedPackage } from './ensure-dependencies.mjs';

const lock = {
  packages: {
    '': { name: 'framescope' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/native-for-another-system': { version: '1.0.0', integrity: 'sha512-n', optional: true },
  },
};
const installed = (a) => ({ packages: { 'node_modules/a': a } });

it('finds nothing where all is installed as locked', () => {
  expect(outdatedPackage(lock, installed({ version: '1.0.0', integrity: 'sha512-a' }))).toBeUndefined();
});

it.each([
  ['an older version', installed({ version: '0.9.0', integrity: 'sha512-o' })],
  ['other content', installed({ version: '1.0.0', integrity: 'sha512-x' })],
  ['a missing package', { packages: {} }],
  ['nothing installed', undefined],
])('names the package: %s', (_what, found) => {
  expect(outdatedPackage(lock, found)).toBe('node_modules/a');
});
