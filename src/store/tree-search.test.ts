import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodedNode } from '../core/decode/types';
import { searchTree } from './tree-search';

const leaf = (name: string, value: string): DecodedNode => ({ name, type: 'string', value });
const branch = (name: string, children: DecodedNode[], group = false): DecodedNode => ({
  name,
  type: 'object',
  value: `{${children.map((child) => child.name).join(', ')}}`,
  children: () => children,
  ...(group && { group }),
});
const never = (): boolean => false;

const anyNode = fc.letrec<{ node: DecodedNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .record({ name: fc.constantFrom('a', 'Needle', ''), value: fc.constantFrom('x', 'a needle', '7') })
      .map((each) => leaf(each.name, each.value)),
    fc
      .tuple(fc.constantFrom('b', 'needles'), fc.array(tie('node'), { maxLength: 4 }))
      .map(([name, children]) => branch(name, children)),
  ),
})).node;

function naive(node: DecodedNode, path: number[]): number[][] {
  const children = node.children?.();
  const texts = [node.name, children ? '' : node.value];
  const here = texts.some((text) => text.toLowerCase().includes('needle')) ? [path] : [];
  return [...here, ...(children ?? []).flatMap((child, index) => naive(child, [...path, index]))];
}

describe('searchTree', () => {
  it('finds names, values and notes in their order', async () => {
    const noted: DecodedNode = { ...leaf('type', '3'), note: 'PUBLISH' };
    const root = branch('', [noted, branch('publisher', [leaf('name', 'Published')]), leaf('x', 'y')]);
    expect(await searchTree(root, 'publish', never)).toEqual({ paths: [[0], [1], [1, 0]], complete: true });
  });

  it('finds the whole of what is no tree', async () => {
    expect((await searchTree(leaf('', 'Hello'), 'hell', never)).paths).toEqual([[]]);
  });

  it('looks through groups, and never finds the group itself', async () => {
    const root = branch('', [branch('10…19', [leaf('10', 'ten')], true)]);
    expect((await searchTree(root, '10', never)).paths).toEqual([[0, 0]]);
  });

  it('finds what a plain recursion finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyNode, { maxLength: 4 }), async (children) => {
        const root = branch('', children);
        expect((await searchTree(root, 'NEEDLE', never)).paths).toEqual(naive(root, []));
      }),
    );
  });

  it('ends when it has found enough, and when it is stopped', async () => {
    const many = branch('', [
      branch(
        'list',
        Array.from({ length: 5000 }, (_, at) => leaf(`${at}`, 'same')),
      ),
    ]);
    const found = await searchTree(many, 'same', never);
    expect(found.paths).toHaveLength(1000);
    expect(found.complete).toBe(false);
    const endless: DecodedNode = { name: 'on', type: 'object', value: '', children: () => [endless] };
    expect((await searchTree(endless, 'nothing', () => true)).complete).toBe(false);
  });
});
