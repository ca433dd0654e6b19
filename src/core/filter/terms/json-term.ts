import { printOperand } from '../syntax/print-operand';
import { type PathStep, parsePath, somePath } from '../values/json-path';
import { jsonQuickLook } from '../values/json-quick-look';
import { type JsonTest, parseJsonTest } from '../values/json-test';
import { rejected, type TermKind, understood, type ValueSuggestion } from './term-kind';

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
    const { passes, missing } = test;
    const mayHave = jsonQuickLook(steps, test.whole);
    return (_row, content) => (mayHave(content) && somePath(content.json(), steps, passes)) !== missing;
  },
  describe: ({ path, test }, negated) => `${negated === test.missing ? 'have' : 'do not have'} ${test.words(path)}`,
  regexes: ({ test }) => (test.regex ? [test.regex] : []),
  suggest(typed, seen) {
    const colon = typed[0] === '$' ? typed.indexOf(':') : -1;
    const path = typed.slice(0, colon);
    const begun = typed.slice(colon + 1).toLowerCase();
    const suggestions: ValueSuggestion[] = [];
    for (const each of seen.json) {
      if (colon < 0 && each.path.toLowerCase().includes(begun)) suggestions.push({ text: each.path, detail: SEEN });
      if (colon >= 0 ? each.path !== path : typed[0] === '$') continue;
      for (const value of each.values.map(writtenValue)) {
        if (value.toLowerCase().includes(begun)) suggestions.push({ text: `${each.path}:${value}`, detail: SEEN });
      }
    }
    if (colon >= 0 && 'missing'.startsWith(begun)) {
      suggestions.push({ text: `${path}:missing`, detail: 'there is no such value' });
    }
    return suggestions;
  },
};

const SEEN = 'seen in this log';

function writtenValue(value: string | number | boolean | null): string {
  return typeof value === 'string' ? printOperand({ form: 'quoted', text: value }) : String(value);
}
