import { expect, test } from 'vitest';
import { outline } from './testing/decoding';
import {
  annotated,
  branch,
  cut,
  detached,
  errorNode,
  kindOf,
  leaf,
  nodeOfValue,
  oneLine,
  previewValue,
  unreadable,
} from './tree';

test('a plain value becomes a tree whose children are made when asked for', () => {
  const value = {
    n: 1,
    big: 2n ** 64n,
    none: null,
    list: ['a', undefined],
    bytes: Uint8Array.of(1, 255),
    at: new Date(0),
  };
  expect(outline(nodeOfValue('', value))).toEqual({
    n: '1',
    big: '18446744073709551616',
    none: 'null',
    list: { 0: 'a', 1: 'undefined' },
    bytes: '2 bytes: 01 ff',
    at: '1970-01-01T00:00:00.000Z',
  });
});

test('a cyclic value is a tree without end, and its preview has one', () => {
  const value: Record<string, unknown> = { name: 'a' };
  value.self = value;
  const node = nodeOfValue('', value);
  expect(node.children?.()[1]?.children?.()[0]?.value).toBe('a');
  expect(node.value).toBe('{name: "a", self: {name: "a", self: {…}}}');
});

test('a Map keeps keys of any type', () => {
  expect(
    outline(
      nodeOfValue(
        '',
        new Map<unknown, unknown>([
          [1, 'one'],
          [[2], 'two'],
        ]),
      ),
    ),
  ).toEqual({ 1: 'one', '[2]': 'two' });
});

test('long lists are grouped, groups of groups included', () => {
  const items = (count: number) => Array.from({ length: count }, (_, i) => leaf(String(i), 'number', String(i)));
  expect(branch('', 'array', '', items(1000)).children?.()).toHaveLength(1000);
  const groups = branch('', 'array', '', items(1001)).children?.() ?? [];
  expect(groups.map(({ name, value }) => [name, value])).toEqual([
    ['0 … 999', '1000 items'],
    ['1000 … 1000', '1 item'],
  ]);
  expect(groups[1]?.children?.()[0]?.value).toBe('1000');
});

test('text is cut without splitting a pair of surrogates', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('ab😀def', 4)).toBe('ab…');
  expect(cut('abcd', 4)).toBe('abcd');
});

test('a summary is one line, a kind is short', () => {
  expect(oneLine('a\r\n\tb\u2028c ')).toBe('a b c');
  expect(kindOf('k'.repeat(500))).toHaveLength(80);
});

test('a preview is bounded however large the value', () => {
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, 'x'.repeat(1000)]));
  expect(previewValue(wide, 100).length).toBeLessThanOrEqual(100);
  expect(previewValue(new Array(1_000_000).fill(0), 20).length).toBeLessThanOrEqual(20);
});

test('notes and lost offsets reach children, lazily', () => {
  const tree = branch('', 'object', '', [leaf('a', 'number', '1', { start: 3, end: 4 })], { start: 0, end: 9 });
  expect(annotated(tree, { a: 'the first' }).children?.()[0]).toMatchObject({ note: 'the first', start: 3 });
  expect(detached(tree)).not.toHaveProperty('start');
  expect(detached(tree).children?.()[0]).not.toHaveProperty('start');
});

test('what cannot be read shows what could, and where it stopped', () => {
  const { tree, problem } = unreadable('no end', 7, [leaf('a', 'number', '1')]);
  expect(problem).toEqual({ message: 'no end', at: 7 });
  expect(tree.children?.()).toEqual([leaf('a', 'number', '1'), errorNode('no end', 7)]);
});
