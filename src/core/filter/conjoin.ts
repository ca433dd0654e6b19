import { parseQuery } from './syntax/parse-query';
import { printNode } from './syntax/print-query';

/**
 * The query that shows what both queries show, mistakes in either left out.
 * @returns empty when both show everything
 */
export function conjoin(one: string, other: string): string {
  return [one, other].map(asCondition).filter(Boolean).join(' ');
}

function asCondition(query: string): string {
  const { root } = parseQuery(query);
  if (!root) return '';
  return root.type === 'or' ? `(${printNode(root)})` : printNode(root);
}
