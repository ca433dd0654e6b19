import { expect, test } from 'vitest';
import { chosenFor } from './decoder-choices';

const choices = new Map([
  ['wss://a.test/live', 'json'],
  ['wss://*.test/*', 'msgpack'],
  ['wss://b.test/*/feed', 'protobuf:x.Feed'],
  ['wss://b.test/off', ''],
]);

test.each([
  ['wss://a.test/live', 'json'],
  ['wss://a.test/other', 'msgpack'],
  ['wss://b.test/1/feed', 'protobuf:x.Feed'],
  ['wss://b.test/1/2/feed', 'protobuf:x.Feed'],
  ['wss://b.test/feed', 'msgpack'],
  ['wss://b.test/off', ''],
  ['ws://a.test/live', undefined],
  ['wss://a.example/', undefined],
])('%s is decoded by %s', (url, decoder) => {
  expect(chosenFor(choices, url)).toBe(decoder);
});

test('parts of a pattern do not overlap', () => {
  expect(chosenFor(new Map([['ab*bc', 'x']]), 'abc')).toBeUndefined();
  expect(chosenFor(new Map([['ab*bc', 'x']]), 'abbc')).toBe('x');
});

test('a pattern of many stars takes no time', () => {
  const pattern = `${'*a'.repeat(200)}*b`;
  const started = performance.now();
  expect(chosenFor(new Map([[pattern, 'x']]), 'a'.repeat(5000))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(200);
});
