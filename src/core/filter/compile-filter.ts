import { parseQuery } from './syntax/parse-query';
import type { QueryNode, TermNode } from './syntax/query';
import { termKind } from './terms/registry';
import { NEEDS, type RowTest } from './terms/term-kind';
import type { CompiledFilter, FilterEnvironment } from './types';
import { showRegex } from './values/regex-operand';

/** A part of a query, ready to run. */
interface Part {
  test: RowTest;
  /** Index in {@link NEEDS}: the dearest thing it may look at. */
  cost: number;
  needsPairs: boolean;
  mustContain: string[];
  mustContainSuffices: boolean;
  patterns: string[];
}

const CONTENT = NEEDS.indexOf('content');
const DECODED = NEEDS.indexOf('decoded');

/**
 * Makes a query ready to run on rows. Total: what cannot be used is left out and is in `problems`.
 * Terms that need the columns only run first, those that need the decoder last; `test` allocates nothing itself.
 */
export function compileFilter(query: string, environment: FilterEnvironment): CompiledFilter {
  const { root, problems } = parseQuery(query);
  const part = root && compileNode(root, environment);
  return {
    matchesAll: part === null,
    needsContent: part !== null && part.cost >= CONTENT,
    needsDecoded: part !== null && part.cost >= DECODED,
    needsPairs: part?.needsPairs ?? false,
    mustContain: part ? withoutContained(part.mustContain) : [],
    mustContainSuffices: part?.mustContainSuffices ?? false,
    patterns: part ? part.patterns : [],
    test: part ? part.test : () => true,
    problems,
  };
}

/** `null` when nothing of the node can be used: it is left out, so that a mistake hides nothing. */
function compileNode(node: QueryNode, environment: FilterEnvironment): Part | null {
  if (node.type === 'term') return compileTerm(node, environment);
  if (node.type === 'not') {
    const part = compileNode(node.item, environment);
    if (!part) return null;
    const { test } = part;
    return { ...part, test: (row, content) => !test(row, content), mustContain: [], mustContainSuffices: false };
  }
  const parts = node.items.map((item) => compileNode(item, environment)).filter((part) => part !== null);
  if (parts.length < 2) return parts[0] ?? null;
  parts.sort((a, b) => a.cost - b.cost);
  const tests = parts.map(({ test }) => test);
  const cost = parts[parts.length - 1].cost;
  const patterns = parts.flatMap((part) => part.patterns);
  const needsPairs = parts.some((part) => part.needsPairs);
  if (node.type === 'or') {
    return { test: anyOf(tests), cost, needsPairs, patterns, mustContain: [], mustContainSuffices: false };
  }
  const mustContain = parts.flatMap((part) => part.mustContain);
  const mustContainSuffices = parts.every((part) => part.mustContainSuffices);
  return { test: allOf(tests), cost, needsPairs, patterns, mustContain, mustContainSuffices };
}

function compileTerm(node: TermNode, environment: FilterEnvironment): Part | null {
  const kind = termKind(node.kind);
  const value = kind?.parse(node).value ?? null;
  if (!kind || value === null) return null;
  const mustContain = kind.mustContain?.(value) ?? [];
  return {
    test: kind.match(value, environment),
    cost: NEEDS.indexOf(kind.needs(value)),
    needsPairs: kind.needsPairs?.(value) ?? false,
    mustContain,
    mustContainSuffices: kind.mustContainSuffices === true && mustContain.length > 0,
    patterns: (kind.regexes?.(value) ?? []).filter(({ literal }) => !literal).map(showRegex),
  };
}

/** Two and three are what people type: without a loop they are the faster. */
function allOf(tests: RowTest[]): RowTest {
  const [a, b, c] = tests;
  if (tests.length === 2) return (row, content) => a(row, content) && b(row, content);
  if (tests.length === 3) return (row, content) => a(row, content) && b(row, content) && c(row, content);
  return (row, content) => {
    for (const test of tests) if (!test(row, content)) return false;
    return true;
  };
}

function anyOf(tests: RowTest[]): RowTest {
  const [a, b] = tests;
  if (tests.length === 2) return (row, content) => a(row, content) || b(row, content);
  return (row, content) => {
    for (const test of tests) if (test(row, content)) return true;
    return false;
  };
}

/** A word within another needs no search of its own. */
function withoutContained(words: string[]): string[] {
  const unique = [...new Set(words)];
  return unique.filter((word) => !unique.some((other) => other !== word && other.includes(word)));
}
