import { expect, it } from 'vitest';
import { packageProblem } from './package-problem.mjs';

const manifest = { version: '1.2.0', icons: { 16: 'icons/16.png' } };
const files = ['icons/16.png', 'manifest.json', 'assets/panel.js'];

it('finds nothing wrong with a good build', () => {
  expect(packageProblem('1.2.0', manifest, files)).toBeUndefined();
});

it('refuses versions that differ, missing icons and files that do not belong', () => {
  expect(packageProblem('1.3.0', manifest, files)).toContain('version 1.2.0');
  expect(packageProblem('1.2.0', manifest, ['manifest.json'])).toContain('icons/16.png');
  expect(packageProblem('1.2.0', manifest, [...files, 'assets/panel.js.map'])).toContain('panel.js.map');
});
