import { parseQuery } from './syntax/parse-query';
import type { QueryNode, TermNode } from './syntax/query';
import { termKind } from './terms/registry';

/** A clause, and the word that joins its parts if it has several. */
interface Clause {
  text: string;
  joined: 'and' | 'or' | null;
}

/** What a query shows, as one sentence: `Frames that contain “trade” and are not sent.` */
export function describeQuery(query: string): string {
  const { root } = parseQuery(query);
  const clause = root && clauseOf(root, false);
  return clause ? `Frames that ${clause.text}.` : 'All frames.';
}

/** `null` when nothing of the node can be used. */
function clauseOf(node: QueryNode, negated: boolean): Clause | null {
  if (node.type === 'term') return termClause(node, negated);
  if (node.type === 'not') return clauseOf(node.item, !negated);
  const clauses = node.items.map((item) => clauseOf(item, negated)).filter((clause) => clause !== null);
  if (clauses.length < 2) return clauses[0] ?? null;
  const joined = (node.type === 'and') === negated ? 'or' : 'and';
  const parts = clauses.map((clause) => (clause.joined && clause.joined !== joined ? `(${clause.text})` : clause.text));
  return { text: parts.join(` ${joined} `), joined };
}

function termClause(node: TermNode, negated: boolean): Clause | null {
  const kind = termKind(node.kind);
  const value = kind?.parse(node).value ?? null;
  return kind && value !== null ? { text: kind.describe(value, negated), joined: null } : null;
}
