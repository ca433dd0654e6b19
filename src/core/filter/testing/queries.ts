import fc from 'fast-check';
import { plainOperand, textOperand } from '../syntax/lex';
import type { Operand, QueryNode, TermNode } from '../syntax/query';
import { KEY_KINDS } from '../terms/registry';
import { printPath } from '../values/json-path';

/** A node without its offsets, to compare trees of texts that are spaced differently. */
export function shapeOf(node: QueryNode | null): unknown {
  if (node === null) return null;
  if (node.type === 'term') return [node.kind, node.path, node.operand];
  if (node.type === 'not') return ['not', shapeOf(node.item)];
  return [node.type, ...node.items.map(shapeOf)];
}

const PIECES = [
  ...[
    'a',
    'trade',
    'ß',
    '😀',
    'OR',
    'AND',
    ' ',
    ' ',
    '  ',
    '(',
    ')',
    '-',
    '"',
    '\\',
    '/',
    '/i',
    ':',
    '..',
    '>',
    '<=',
    '$',
    '.x',
  ],
  ...[
    '[0]',
    '["k',
    '"]',
    '[*]',
    'dir:',
    'kind:',
    'size:',
    'is:',
    'time:',
    'url:',
    'foo:',
    '1k',
    'sent',
    'missing',
    '~',
    '\n',
  ],
];

/** Texts that come near to queries. */
export const queryText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const anyText = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), queryText).filter((text) => text !== '');

const regexOperandArbitrary: fc.Arbitrary<Operand> = fc
  .tuple(
    fc.array(fc.constantFrom('a', '\\/', '\\\\', '[', ']', '(', ')', '.', '+', ' ', '\\d', '"', '-', 'é', '\n'), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.constantFrom('', 'i', 'gi', 'u', 'smy'),
  )
  .map(([pieces, flags]) => ({ form: 'regex', source: pieces.join(''), flags }));

const operandArbitrary: fc.Arbitrary<Operand> = fc.oneof(
  anyText.map(plainOperand),
  fc.constantFrom('sent', '>1k', '1..2', 'marked', '12:30', '1006').map(plainOperand),
  anyText.map((text): Operand => ({ form: 'quoted', text })),
  regexOperandArbitrary,
);

const place = { start: 0, end: 0 };

const termArbitrary: fc.Arbitrary<TermNode> = fc.oneof(
  anyText.map((text): TermNode => ({ type: 'term', kind: 'text', path: '', operand: textOperand(text), ...place })),
  regexOperandArbitrary.map((operand): TermNode => ({ type: 'term', kind: 'regex', path: '', operand, ...place })),
  fc
    .tuple(fc.constantFrom(...KEY_KINDS.map(({ id }) => id)), operandArbitrary)
    .map(([kind, operand]): TermNode => ({ type: 'term', kind, path: '', operand, ...place })),
  fc
    .tuple(fc.array(fc.oneof(anyText, fc.nat(9)), { maxLength: 3 }), fc.option(operandArbitrary))
    .map(([keys, operand]): TermNode => ({ type: 'term', kind: 'json', path: printPath(keys), operand, ...place })),
);

/** Trees as `parseQuery` makes them, offsets aside. */
export const queryTree: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => {
  const items = (type: 'and' | 'or') =>
    fc
      .array(tie('node'), { minLength: 2, maxLength: 4 })
      .map((nodes) => nodes.flatMap((node) => (node.type === type ? node.items : [node])))
      .map((all): QueryNode => ({ type, items: all, ...place }));
  return {
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      termArbitrary,
      items('and'),
      items('or'),
      tie('node').map((item): QueryNode => (item.type === 'not' ? item.item : { type: 'not', item, ...place })),
    ),
  };
}).node;
