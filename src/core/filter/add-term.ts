import { parseQuery } from './syntax/parse-query';
import { printNode, printQuery } from './syntax/print-query';
import type { QueryNode } from './syntax/query';

/**
 * The query with one more condition. A query that has it already stays as it is; its opposite is replaced, because both
 * together would hide everything. What was typed is kept as typed, unless there are mistakes in it.
 * @param term a query too: one term, or several that belong together
 */
export function addTerm(query: string, term: string): string {
  const { root, problems } = parseQuery(query);
  const added = parseQuery(term).root;
  if (!added) return query;
  if (!root) return term;
  const printed = conditions(root);
  if (conditions(added).every((each) => printed.includes(each))) return query;
  const opposite = conditions(negate(added));
  if (opposite.every((each) => printed.includes(each))) {
    return [...printed.filter((each) => !opposite.includes(each)), printItem(added)].join(' ');
  }
  const typed = `${root.type === 'or' ? printItem(root) : query.trim()} ${printItem(added)}`;
  const plain = `${printed.join(' ')} ${printItem(added)}`;
  // What was typed may swallow what follows it, as an open quote or a lone slash does.
  return problems.length === 0 && printQuery(parseQuery(typed)) === plain ? typed : plain;
}

/** The term that hides what `term` shows: `-x` for `x`, `-(x y)` for `x y`, `x` for `-x`. */
export function excludeTerm(term: string): string {
  const { root } = parseQuery(term);
  return root ? printNode(negate(root)) : term;
}

function negate(node: QueryNode): QueryNode {
  return node.type === 'not' ? node.item : { type: 'not', item: node, start: node.start, end: node.end };
}

/** What all must hold for `node`, printed. */
function conditions(node: QueryNode): string[] {
  return (node.type === 'and' ? node.items : [node]).map(printItem);
}

/** As one of several conditions that all hold. */
function printItem(node: QueryNode): string {
  return node.type === 'or' ? `(${printNode(node)})` : printNode(node);
}
