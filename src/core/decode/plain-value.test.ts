import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorText, PLAIN_LIMITS, plainValue } from './plain-value';

const copyOf = (value: unknown): unknown => plainValue(value).value;

test('plain data is copied whole', () => {
  const data = {
    text: 'ä\u0000',
    numbers: [0, -0, 1.5, Number.NaN],
    big: 2n ** 64n,
    nothing: [null, undefined],
    date: new Date(0),
    bytes: Uint8Array.of(1, 2),
    map: new Map<unknown, unknown>([[1, { a: true }]]),
  };
  const { value, left } = plainValue(data);
  expect(value).toEqual(data);
  expect(value).not.toBe(data);
  expect(left).toBeNull();
  expect(() => structuredClone(value)).not.toThrow();
});

test('other things become data or words', () => {
  class Point {
    x = 1;
    private y = 2;
    get sum() {
      return this.x + this.y;
    }
  }
  expect(copyOf(new Point())).toEqual({ x: 1, y: 2 });
  expect(copyOf(new Set(['a', 1]))).toEqual(['a', 1]);
  expect(copyOf(new Uint16Array([1, 256]))).toEqual(Uint8Array.of(1, 0, 0, 1));
  expect(copyOf(new Uint8Array([1, 2, 3]).buffer)).toEqual(Uint8Array.of(1, 2, 3));
  expect(copyOf([() => 1, Symbol('s'), new RangeError('far')])).toEqual([
    '[function]',
    '[symbol]',
    '[RangeError: far]',
  ]);
  expect(copyOf(2n ** 5000n)).toBe('[an integer of more than 4096 bits]');
});

test('cycles end, what is there twice is copied twice', () => {
  const shared = { a: 1 };
  const cyclic: Record<string, unknown> = { one: shared, two: shared };
  cyclic.self = cyclic;
  cyclic.map = new Map([[cyclic, [cyclic]]]);
  expect(copyOf(cyclic)).toEqual({
    one: { a: 1 },
    two: { a: 1 },
    self: '[circular]',
    map: new Map([['[circular]', ['[circular]']]]),
  });
});

test('getters and traps may throw whatever they like', () => {
  const nasty = {
    toString() {
      throw nasty;
    },
  };
  const hostile = {
    get fails() {
      throw new Error('no');
    },
    get nasty() {
      throw nasty;
    },
    trapped: new Proxy(
      {},
      {
        ownKeys: () => {
          throw new TypeError('trap');
        },
      },
    ),
    list: new Proxy([1], {
      get: () => {
        throw new TypeError('trap');
      },
    }),
    date: Object.create(Date.prototype),
    fine: 1,
  };
  expect(copyOf(hostile)).toEqual({
    fails: '[cannot be read: Error: no]',
    nasty: '[cannot be read: something that cannot be read]',
    trapped: '[cannot be read: TypeError: trap]',
    list: '[cannot be read: TypeError: trap]',
    date: '[cannot be read: TypeError: this is not a Date object.]',
    fine: 1,
  });
});

test('a member called __proto__ is a member', () => {
  const given = JSON.parse('{"__proto__":{"polluted":1}}');
  const value = copyOf(given) as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('huge results are cut, and say so', () => {
  const long = plainValue(Array.from({ length: 100_000 }, (_, i) => i));
  expect((long.value as unknown[]).length).toBeLessThan(PLAIN_LIMITS.values);
  expect(long.left).toBe('The result is more than 20000 values: the rest was left out');
  const sparse: unknown[] = [];
  sparse.length = 4_000_000_000;
  expect((copyOf(sparse) as unknown[]).length).toBeLessThan(PLAIN_LIMITS.values);
  const text = plainValue(['x'.repeat(5 << 20), 'rest']);
  expect(text.value).toEqual(['x'.repeat(4 << 20), '']);
  expect(text.left).toBe('The result is more than 4 MiB: the rest was left out');
  expect((copyOf(new Uint8Array(9 << 20)) as Uint8Array).length).toBe(4 << 20);
  const wide = plainValue(new Map(Array.from({ length: 50_000 }, (_, i) => [i, i])));
  expect(wide.left).toContain('20000 values');
  let deep: unknown = 'bottom';
  for (let i = 0; i < 10_000; i++) deep = [deep];
  expect(plainValue(deep).left).toBe('The result is deeper than 64: the rest was left out');
  const endless = new Proxy([], { get: (_, key) => (key === 'length' ? Number.POSITIVE_INFINITY : 1) });
  expect(plainValue(endless).left).toContain('20000 values');
});

test('any value gives one that can be cloned, within bounds', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
      (any) => {
        const { value, size } = plainValue(any);
        structuredClone(value);
        expect(size).toBeLessThanOrEqual((PLAIN_LIMITS.values + 1) * 32 + PLAIN_LIMITS.size * 2);
      },
    ),
  );
});

test.each([
  [new TypeError('x'), 'TypeError: x'],
  ['word', 'word'],
  [undefined, 'undefined'],
  [Object.create(null), 'something that cannot be read'],
])('%s says %s', (error, expected) => {
  expect(errorText(error)).toBe(expected);
});
