import { expect, it } from 'vitest';
import { isOffOn, siteHost } from './siteHost';

it('is the host without its port', () => {
  expect(siteHost('a.example:8080')).toBe('a.example');
  expect(siteHost('a.example')).toBe('a.example');
  expect(siteHost('[::1]:3000')).toBe('[::1]');
  expect(siteHost('')).toBe(null);
  expect(siteHost('not a host')).toBe(null);
});

it('is off on every port of a host, and on no other host', () => {
  expect(isOffOn('a.example:1', ['a.example:2'])).toBe(true);
  expect(isOffOn('a.example', ['a.example:2'])).toBe(true);
  expect(isOffOn('b.a.example', ['a.example'])).toBe(false);
  expect(isOffOn('', ['', 'a.example'])).toBe(false);
});
