import { describe, expect, it } from 'vitest';
import { findCycle } from './find-cycle.mjs';
import { IMPORT_RULES } from './import-rules.mjs';
import { readImports } from './read-imports.mjs';
import { resolveImport } from './resolve-import.mjs';

it('reads every kind of import', () => {
  const source = `
    import type { A } from './a';
    import { b, type C } from './b';
    import './style.css';
    export * from './d';
    export type { E } from './e';
    const view = <div onClick={() => import('./lazy')} />;
    import(\`./\${view}\`);
  `;
  expect(readImports('view.tsx', source)).toEqual([
    { specifier: './a', typeOnly: true },
    { specifier: './b', typeOnly: false },
    { specifier: './style.css', typeOnly: false },
    { specifier: './d', typeOnly: false },
    { specifier: './e', typeOnly: true },
    { specifier: './lazy', typeOnly: false },
  ]);
  expect(() => readImports('broken.ts', 'import {')).toThrow('broken.ts');
});

it('resolves files, packages and modules of Node', () => {
  const files = ['src/core/model/frame.ts', 'src/core/filter/index.ts'];
  const resolve = (from, specifier) =>
    resolveImport(
      from,
      specifier,
      (path) => files.includes(path),
      (name) => name === '@a/b',
    );
  expect(resolve('src/core/x.ts', './model/frame')).toEqual({ kind: 'file', path: files[0] });
  expect(resolve('src/panel/x.ts', '../core/filter')).toEqual({ kind: 'file', path: files[1] });
  expect(resolve('src/panel/x.ts', '../core/model/frame.ts?raw')).toEqual({ kind: 'file', path: files[0] });
  expect(resolve('src/x.ts', './gone')).toEqual({ kind: 'none', path: 'src/gone' });
  expect(resolve('src/x.ts', '@a/b/deep')).toEqual({ kind: 'package', path: '@a/b' });
  expect(resolve('src/x.ts', 'node:fs')).toEqual({ kind: 'node', path: 'node:fs' });
  expect(resolve('src/x.ts', 'unknown')).toEqual({ kind: 'none', path: 'unknown' });
});

describe('rules', () => {
  const file = (path, typeOnly = false) => ({ kind: 'file', path, typeOnly });
  const package_ = (path) => ({ kind: 'package', path, typeOnly: false });
  const node = { kind: 'node', path: 'node:fs', typeOnly: false };

  it.each([
    ['src/core/a.ts', file('src/panel/b.ts'), ['core-is-pure']],
    ['src/core/a.ts', package_('preact'), ['core-is-pure']],
    ['src/core/a.ts', package_('valibot'), []],
    ['src/core/a.ts', file('src/store/b.ts', true), []],
    ['src/core/a.ts', node, ['product-without-node']],
    ['src/core/a.test.ts', node, []],
    ['src/panel/a.tsx', file('src/store/b.ts', true), ['worlds-import-core']],
    ['src/panel/a.tsx', file('src/core/b.ts'), []],
    ['src/panel/a.tsx', file('src/panel/b.ts'), []],
    ['src/panel/a.test.tsx', file('src/store/b.ts'), []],
    ['src/page/a.ts', package_('valibot'), ['page-without-libraries']],
    ['src/store/a.ts', file('src/store/testing/b.ts'), ['no-tests-in-product']],
    ['src/store/a.ts', file('demo/log.ts'), ['worlds-import-core', 'no-tests-in-product']],
    ['tests/a.ts', file('src/store/b.ts'), []],
    ['tests/a.ts', { kind: 'none', path: 'gone', typeOnly: false }, ['resolvable']],
  ])('%s to %o breaks %o', (from, to, broken) => {
    expect(IMPORT_RULES.filter(({ breaks }) => breaks(from, to)).map(({ name }) => name)).toEqual(broken);
  });
});

it('finds a cycle', () => {
  expect(
    findCycle(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
        ['c', ['d']],
      ]),
    ),
  ).toBeUndefined();
  expect(
    findCycle(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
  ).toEqual(['b', 'c', 'b']);
});
