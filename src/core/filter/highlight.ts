import { parseQuery } from './syntax/parse-query';
import type { QueryNode } from './syntax/query';
import { termKind } from './terms/registry';

/** A piece of a text, in UTF-16 units, `end` exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

/** More than a text of a row can show; a whole payload is highlighted in parts. */
const MOST_RANGES = 1000;

/**
 * Makes a function that finds what to highlight in a text: what the free text and the patterns of the query match,
 * but not those that are excluded. Ranges are in order and do not touch; at most 1000. Patterns that might take
 * long on the text of a row are left out: they run where they can be stopped, not where the text is drawn.
 */
export function highlighter(query: string): (text: string) => TextRange[] {
  const { root } = parseQuery(query);
  const patterns = root ? patternsOf(root) : [];
  if (patterns.length === 0) return () => [];
  return (text) => merge(patterns.flatMap((pattern) => rangesOf(pattern, text)));
}

/** What to highlight in one text; see {@link highlighter}, which is to be kept for many. */
export function highlight(query: string, text: string): TextRange[] {
  return highlighter(query)(text);
}

function patternsOf(node: QueryNode): RegExp[] {
  if (node.type === 'not') return [];
  if (node.type !== 'term') return node.items.flatMap(patternsOf);
  const kind = termKind(node.kind);
  const value = kind?.parse(node).value ?? null;
  const pattern = value === null ? null : (kind?.pattern?.(value) ?? null);
  return pattern ? [pattern] : [];
}

function rangesOf(pattern: RegExp, text: string): TextRange[] {
  const ranges: TextRange[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found && ranges.length < MOST_RANGES; found = pattern.exec(text)) {
    if (found[0] === '') pattern.lastIndex = found.index + ((text.codePointAt(found.index) ?? 0) > 0xffff ? 2 : 1);
    else ranges.push({ start: found.index, end: found.index + found[0].length });
  }
  return ranges;
}

function merge(ranges: TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged.slice(0, MOST_RANGES);
}
