export { compileFilter } from './compile-filter';
export { parseQuery } from './parse-query';
export { printQuery } from './print-query';
export type { AndNode, NotNode, Operand, OrNode, Query, QueryNode, TermNode } from './query';
export type { SeenValues, TermKind, ValueSuggestion } from './term-kind';
export type * from './types';
