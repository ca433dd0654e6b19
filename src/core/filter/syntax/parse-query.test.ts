import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryText, queryTree, shapeOf } from '../testing/queries';
import { parseQuery } from './parse-query';
import { printNode, printQuery } from './print-query';

describe('parseQuery', () => {
  it('understands any text, and says where its mistakes are', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const { problems } = parseQuery(text);
        for (const { start, end, message } of problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('parses what it printed to the same tree, from any text', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const query = parseQuery(text);
        const printed = printQuery(query);
        expect(shapeOf(parseQuery(printed).root)).toEqual(shapeOf(query.root));
        expect(printQuery(parseQuery(printed))).toBe(printed);
      }),
      { numRuns: 3000 },
    );
  });

  it('parses what it printed to the same tree, from any tree', () => {
    fc.assert(
      fc.property(queryTree, (tree) => {
        expect(shapeOf(parseQuery(printNode(tree)).root)).toEqual(shapeOf(tree));
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the offsets of terms', () => {
    const text = '  a (size:>1k OR -"b c")';
    const terms: string[] = [];
    const visit = (node: ReturnType<typeof parseQuery>['root']): void => {
      if (node?.type === 'term') terms.push(text.slice(node.start, node.end));
      else if (node?.type === 'not') visit(node.item);
      else node?.items.forEach(visit);
    };
    visit(parseQuery(text).root);
    expect(terms).toEqual(['a', 'size:>1k', '"b c"']);
  });

  it.each([
    ['a b', 'a b'],
    ['a AND b', 'a b'],
    ['((a) (b c))', 'a b c'],
    ['a (b OR (c OR d))', 'a (b OR c OR d)'],
    ['--a', 'a'],
    ['-(-a)', 'a'],
    ['or and', 'or and'],
    ['OR(a)', 'a'],
    ['f(x) OR y', '"f(x)" OR y'],
    ['(f(x) OR y)', '"f(x)" OR y'],
    ['SIZE:>1K', 'size:>1K'],
    ['12:30 a-b', '12:30 a-b'],
    ['$100 $', '"$100" $'],
    ['/a/b/', '/a\\/b/'],
    ['url:/api/v1', 'url:"/api/v1"'],
  ])('reads %s as %s', (text, printed) => {
    expect(printQuery(parseQuery(text))).toBe(printed);
  });

  it.each([
    ['foo:bar', 0, 7, /no key “foo:”.*searched as text/],
    ['x dri:sent', 2, 10, /Did you mean dir:sent/],
    ['length:>5', 0, 9, /Did you mean size:>5/],
    ['size>5', 0, 6, /Did you mean size:>5/],
    ['a /foo(/', 2, 8, /not a valid regex.*“foo\(”/],
    ['/a/gi', 0, 5, /“g” means nothing/],
    ['/(a', 0, 3, /ends with a slash/],
    ['size:', 0, 5, /needs a value.*size:>1k/],
    ['size:big', 0, 8, /number of bytes/],
    ['is:markde', 0, 9, /Did you mean is:marked/],
    ['a )', 2, 3, /closes nothing/],
    ['(a', 0, 1, /not closed/],
    ['a OR', 2, 4, /both sides/],
    ['OR a', 0, 2, /both sides/],
    ['a -', 2, 3, /nothing does/],
    ['$.a[', 0, 4, /not complete/],
    ['$.a:', 0, 4, /value is missing/],
  ])('explains %s', (text, start, end, message) => {
    const { problems } = parseQuery(text);
    expect(problems).toEqual([{ start, end, message: expect.stringMatching(message) }]);
  });

  it.each([
    'http://x',
    'wss://example.com/a?b=c',
    '{"type":"trade"}',
    '"type":"trade"',
    ':)',
    '12:30:00',
    '/api',
    'a=b',
  ])('takes %s as text without a remark', (text) => {
    const { root, problems } = parseQuery(text);
    expect(problems).toEqual([]);
    expect(root).toMatchObject({ kind: 'text', operand: { text } });
  });

  it('takes deep brackets and long chains', () => {
    expect(parseQuery('('.repeat(100_000)).problems.length).toBeGreaterThan(0);
    expect(parseQuery(`${'-'.repeat(100_001)}a`).root).toMatchObject({ type: 'not' });
  });
});
