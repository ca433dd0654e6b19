import type { QueryProblem } from '../types';

/** What stands after a key's colon, or a text or regex that stands alone. */
export type Operand =
  | { form: 'bare'; text: string }
  | { form: 'quoted'; text: string }
  | { form: 'regex'; source: string; flags: string };

/** Offsets of a node in UTF-16 units of the query text, `end` exclusive. */
interface Placed {
  start: number;
  end: number;
}

/** One term: `trade`, `/re/i`, `size:>1k`, `$.price:>100`. */
export interface TermNode extends Placed {
  type: 'term';
  /** Id of its kind in the registry: `text`, `regex`, `json`, `size`, ... */
  kind: string;
  /** The JSON path as written, such as `$.a[0].b`; empty for every other kind. */
  path: string;
  /** `null` only for a JSON path that stands alone. */
  operand: Operand | null;
}

/** Never holds another `and`: brackets that change nothing leave no trace. Two items or more. */
interface AndNode extends Placed {
  type: 'and';
  items: QueryNode[];
}

/** Never holds another `or`. Two items or more. */
interface OrNode extends Placed {
  type: 'or';
  items: QueryNode[];
}

/** Never holds another `not`. */
interface NotNode extends Placed {
  type: 'not';
  item: QueryNode;
}

export type QueryNode = TermNode | AndNode | OrNode | NotNode;

/** A query text, understood. Parts that cannot be understood are in `problems`, not in `root`. */
export interface Query {
  text: string;
  /** `null`: every frame passes. */
  root: QueryNode | null;
  problems: QueryProblem[];
}
