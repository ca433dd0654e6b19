import { termKind } from '../terms/registry';
import { printOperand } from './print-operand';
import type { Query, QueryNode, TermNode } from './query';

/** The query as text that parses to the same tree, without what could not be used. Empty when every frame passes. */
export function printQuery(query: Query): string {
  return query.root ? printNode(query.root) : '';
}

/** One node as text; as a part of a larger query, an `or` needs brackets round it. */
export function printNode(node: QueryNode): string {
  switch (node.type) {
    case 'term':
      return printTerm(node);
    case 'not':
      return `-${node.item.type === 'term' ? printTerm(node.item) : `(${printNode(node.item)})`}`;
    case 'and':
      return node.items.map((item) => (item.type === 'or' ? `(${printNode(item)})` : printNode(item))).join(' ');
    case 'or':
      return node.items.map(printNode).join(' OR ');
  }
}

function printTerm({ kind, path, operand }: TermNode): string {
  const value = operand ? printOperand(operand) : '';
  if (kind === 'json') return operand ? `${path}:${value}` : path;
  if (kind === 'text' || kind === 'regex') return value;
  return `${termKind(kind)?.written ?? ''}${value}`;
}
