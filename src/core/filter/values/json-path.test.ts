import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysThrough, parsePath, printPath, somePath } from './json-path';

/** All values that a path leads to. */
function valuesAt(path: string, root: unknown): unknown[] {
  const values: unknown[] = [];
  somePath(root, parsePath(path)!, (value) => {
    values.push(value);
    return false;
  });
  return values;
}

describe('JSON paths', () => {
  const root = { a: [{ b: 1 }, { b: 2, c: { b: 3 } }], 'x.y': 4, n: null };

  it.each([
    ['$.a[0].b', [1]],
    ['$.a[-1].b', [2]],
    ['$.a[*].b', [1, 2]],
    ['$..b', [1, 2, 3]],
    ['$.a.1.b', [2]],
    ['$["x.y"]', [4]],
    ["$['x.y']", [4]],
    ['$.n', [null]],
    ['$.n.x', []],
    ['$.__proto__', []],
    ['$.a.length', []],
    ['$.*', [root.a, 4, null]],
    ['$', [root]],
  ])('%s leads to %j', (path, values) => {
    expect(valuesAt(path, root)).toEqual(values);
  });

  it.each(['', 'a', '$a', '$.', '$[', '$[x]', '$.a[', '$.[0]', '$...a'])('refuses %s', (path) => {
    expect(parsePath(path)).toBeNull();
  });

  it('looks into maps, as decoders make them', () => {
    const map = new Map<unknown, unknown>([
      ['k', 1],
      [5, 2],
    ]);
    expect(valuesAt('$.k', map)).toEqual([1]);
    expect(valuesAt('$[5]', map)).toEqual([2]);
    expect(valuesAt('$.5', map)).toEqual([2]);
    expect(valuesAt('$.*', map)).toEqual([1, 2]);
  });

  it('survives what is deeper than it looks', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(valuesAt('$..x', deep)).toEqual([]);
  });

  it('reads what it printed', () => {
    const keys = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(99)), { maxLength: 5 });
    fc.assert(
      fc.property(keys, (path) => {
        const steps = parsePath(printPath(path));
        expect(
          steps?.map((step) => (step.type === 'key' ? step.key : step.type === 'index' ? step.index : '*')),
        ).toEqual(path);
      }),
    );
  });
});

describe('keysThrough', () => {
  const root = { '007': [{ '1': 'one' }], map: new Map<unknown, unknown>([[5, 'five']]), none: undefined };

  it.each<[string[], unknown]>([
    [[], { keys: [], value: root }],
    [['007'], { keys: ['007'], value: root['007'] }],
    [['007', '0', '1'], { keys: ['007', 0, '1'], value: 'one' }],
    [['map', '5'], { keys: ['map', '5'], value: 'five' }],
    [['007', 'length'], null],
    [['none'], null],
    [['007', '0', '1', 'x'], null],
    [['constructor'], null],
  ])('%j', (names, expected) => {
    expect(keysThrough(root, names)).toEqual(expected);
  });
});
