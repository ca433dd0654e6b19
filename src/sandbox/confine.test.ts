import { expect, test } from 'vitest';
import { confine } from './confine';

test('only the language and some tools are left, on the object and on what it inherits from', () => {
  class Target {
    addEventListener() {
      return 'reached';
    }
  }
  class Scope extends Target {
    fetch() {
      return 'reached';
    }
  }
  const scope = Object.assign(new Scope(), { JSON, TextDecoder, WebSocket: 1, tomorrow: 1 });
  Object.defineProperty(scope, 'stuck', { value: 1 });
  expect(confine(scope)).toEqual(['stuck']);
  expect(Object.keys(scope).sort()).toEqual(['JSON', 'TextDecoder']);
  for (const name of ['fetch', 'addEventListener', 'WebSocket', 'tomorrow']) expect(name in scope).toBe(false);
  expect('toString' in scope).toBe(true);
});
