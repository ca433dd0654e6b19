import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { completeLock, missingOptional, nativeEntry } from './lock-file.mjs';
import { root } from './run.mjs';

it('the lock file is complete: otherwise npm ci fails; node scripts/complete-lock.mjs mends it', () => {
  expect(missingOptional(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))).toEqual([]);
});

const lock = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/a': { optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-darwin-arm64': '1.0.0' }, dev: true },
    'node_modules/a-linux-x64': { version: '1.0.0' },
    'node_modules/b/node_modules/c': { optionalDependencies: { 'c-win32-x64': '2.0.0' } },
    'node_modules/b/node_modules/c-win32-x64': { version: '2.0.0' },
  },
};

it('finds what is missing, wherever it would be installed', () => {
  expect(missingOptional(lock)).toEqual([{ path: 'node_modules/a', name: 'a-darwin-arm64', version: '1.0.0' }]);
});

it('adds it in its place', () => {
  const { packages } = completeLock(lock);
  expect(missingOptional({ packages })).toEqual([]);
  expect(packages['node_modules/a-darwin-arm64']).toEqual({
    version: '1.0.0',
    cpu: ['arm64'],
    dev: true,
    optional: true,
    os: ['darwin'],
  });
  expect(Object.keys(packages).indexOf('node_modules/a-darwin-arm64')).toBe(2);
});

it('reads the system from the name, and gives up where it does not say', () => {
  expect(nativeEntry({ name: '@x/y-linux-arm-musleabihf', version: '1.0.0' }, {})).toMatchObject({
    libc: ['musl'],
    cpu: ['arm'],
  });
  expect(() => nativeEntry({ name: 'plain', version: '1.0.0' }, {})).toThrow('by hand');
  expect(() => nativeEntry({ name: 'z-linux-x64', version: '^1.0.0' }, {})).toThrow('by hand');
});
