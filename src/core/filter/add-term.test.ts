import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTerm, excludeTerm } from './add-term';
import { parseQuery } from './syntax/parse-query';
import { printNode } from './syntax/print-query';
import { queryText, queryTree, shapeOf } from './testing/queries';

describe('addTerm', () => {
  it.each([
    ['', 'a', 'a'],
    ['a', 'b', 'a b'],
    ['  a   "B" ', 'c', 'a   "B" c'],
    ['a OR b', 'c', '(a OR b) c'],
    ['a', 'b OR c', 'a (b OR c)'],
    ['a b', 'b', 'a b'],
    ['a -b', 'b', 'a b'],
    ['a b', '-b', 'a -b'],
    ['kind:binary size:12 x', '-(kind:binary size:12)', 'x -(kind:binary size:12)'],
    ['-(kind:binary size:12)', 'kind:binary size:12', 'kind:binary size:12'],
    ['(a', 'b', 'a b'],
    ['size:', 'b', 'b'],
    ['a', '', 'a'],
  ])('adds to %s the term %s: %s', (query, term, expected) => {
    expect(addTerm(query, term)).toBe(expected);
  });

  it('gives a query with the new condition among those that all must hold, whatever was typed', () => {
    fc.assert(
      fc.property(queryText, queryTree, (query, tree) => {
        const term = printNode(tree);
        const root = parseQuery(addTerm(query, term)).root;
        const conditions = (root?.type === 'and' ? root.items : [root]).map((node) => JSON.stringify(shapeOf(node)));
        const wanted = (tree.type === 'and' ? tree.items : [tree]).map((node) => JSON.stringify(shapeOf(node)));
        expect(conditions).toEqual(expect.arrayContaining(wanted));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('excludeTerm', () => {
  it.each([
    ['a', '-a'],
    ['-a', 'a'],
    ['a b', '-(a b)'],
    ['a OR b', '-(a OR b)'],
    ['', ''],
  ])('of %s is %s', (term, expected) => {
    expect(excludeTerm(term)).toBe(expected);
  });
});
