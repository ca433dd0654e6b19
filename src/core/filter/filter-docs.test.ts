import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './syntax/parse-query';
import { printQuery } from './syntax/print-query';
import { TERM_KINDS } from './terms/registry';

const text = readFileSync(new URL('../../../docs/filter.md', import.meta.url), 'utf8');
const [manual, mistakes] = text.split('\n## Mistakes\n');

/** The code at the beginning of each row of a table. */
function examples(part: string): string[] {
  return [...part.matchAll(/^\| `([^`]+)` \|/gm)].map(([, example]) => example);
}

describe('docs/filter.md', () => {
  it('has examples', () => {
    expect(examples(manual).length).toBeGreaterThan(60);
    expect(examples(mistakes).length).toBeGreaterThan(10);
  });

  it.each(examples(manual))('%s parses without a problem', (example) => {
    const query = parseQuery(example);
    expect(query.problems).toEqual([]);
    expect(query.root).not.toBeNull();
    expect(printQuery(parseQuery(printQuery(query)))).toBe(printQuery(query));
  });

  it.each(examples(mistakes))('%s is a mistake that is explained', (example) => {
    expect(parseQuery(example).problems).not.toEqual([]);
  });

  it.each(TERM_KINDS.map(({ id }) => id))('documents the kind %s with all its examples', (id) => {
    const kind = TERM_KINDS.find((each) => each.id === id)!;
    expect(text).toContain(kind.written);
    expect(examples(manual)).toEqual(expect.arrayContaining(kind.examples));
  });

  it('names no key that does not exist', () => {
    const keys = [...text.matchAll(/^### (.+)$/gm)].flatMap(([, heading]) => [...heading.matchAll(/`(\w+):`/g)]);
    const known = TERM_KINDS.map(({ written }) => written).filter((written) => written.endsWith(':'));
    expect(keys.map(([, key]) => `${key}:`).sort()).toEqual(known.sort());
  });
});
