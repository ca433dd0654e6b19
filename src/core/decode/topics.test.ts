import { expect, test } from 'vitest';
import { type Topics, topicsOf, topicTest } from './topics';

test.each<[string, Topics['separator'], string[], string[]]>([
  ['a/b', '/', ['a/b'], ['a', 'a/b/c', 'a/c']],
  ['a/+/c', '/', ['a/b/c', 'a//c', 'a/+/c'], ['a/c', 'a/b/c/d']],
  ['a/#', '/', ['a', 'a/b', 'a/b/c', 'a/#'], ['b', 'ab']],
  ['#', '/', ['a', 'a/b'], []],
  ['$share/group/a/#', '/', ['a/b', '$share/group/a/#'], ['b']],
  ['a.*.c', '.', ['a.b.c'], ['a.c', 'a.b.c.d']],
  ['a.>', '.', ['a.b', 'a.b.c'], ['a', 'b.a']],
  ['a/#', undefined, ['a/#'], ['a/b', 'a']],
  ['a(+', '/', ['a(+'], ['a(b']],
])('%s with %s covers %j and not %j', (pattern, separator, yes, no) => {
  const covers = topicTest(pattern, separator);
  expect(yes.filter(covers)).toEqual(yes);
  expect(no.filter(covers)).toEqual([]);
});

test('names are bounded, and none is nothing', () => {
  expect(topicsOf('event', [''])).toBeUndefined();
  const { names } = topicsOf(
    'open',
    Array.from({ length: 100 }, () => 'x'.repeat(1000)),
  )!;
  expect(names).toHaveLength(64);
  expect(names[0].length).toBeLessThanOrEqual(401);
});
