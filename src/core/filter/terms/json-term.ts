import { type PathStep, parsePath, somePath } from '../json-path';
import { type JsonTest, parseJsonTest } from '../json-test';
import { wordSuggestions } from '../suggest-words';
import { rejected, type TermKind, understood } from '../term-kind';

interface JsonValue {
  path: string;
  steps: PathStep[];
  test: JsonTest;
}

/** `$.type:"trade"`, `$.price:>100`, `$.a[0].b`, `$.x:missing`: the decoded value at a path. */
export const jsonTerm: TermKind<JsonValue> = {
  id: 'json',
  written: '$',
  alsoTried: [],
  summary:
    'The decoded value at a JSON path: there at all, equal, compared, in a range, matching a regex, containing ~text, or missing.',
  examples: [
    '$.type',
    '$.type:"trade"',
    '$.price:>100',
    '$.price:1..2.5',
    '$.a[0].b:true',
    '$.list[*].id:5',
    '$..symbol:/^BTC/',
    '$["my key"]:null',
    '$.note:~error',
    '$.error:missing',
    '-$.error',
  ],
  parse({ path, operand }) {
    const steps = parsePath(path);
    if (!steps) return rejected('This JSON path cannot be read; it should look like $.a[0].b.');
    if (steps.filter(({ deep }) => deep).length > 1) return rejected('A JSON path can have “..” only once.');
    const { test, problem } = parseJsonTest(operand);
    return understood({ path, steps, test }, problem);
  },
  needs: () => 'json',
  match({ steps, test }) {
    const { passes } = test;
    if (test.missing) return (_row, content) => !somePath(content.json(), steps, passes);
    return (_row, content) => somePath(content.json(), steps, passes);
  },
  describe: ({ path, test }, negated) => `${negated ? 'do not have' : 'have'} ${test.words(path)}`,
  suggest(typed, seen) {
    const colon = typed.indexOf(':');
    if (colon < 0)
      return wordSuggestions(
        typed,
        seen.json.map(({ path }) => [path, 'seen in this log'] as const),
      );
    const path = typed.slice(0, colon);
    const values = seen.json.find((each) => each.path === path)?.values ?? [];
    const written = values.map((value) => [JSON.stringify(value), 'seen in this log'] as const);
    const begun = typed.slice(colon + 1).toLowerCase();
    return [...written, ['missing', 'there is no such value'] as const]
      .filter(([text]) => text.toLowerCase().includes(begun))
      .map(([text, detail]) => ({ text: `${path}:${text}`, detail }));
  },
};
