import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excludeTerm } from './add-term';
import { compileFilter } from './compile-filter';
import { type RowToMatch, termForJson, termForWords, termsForRow } from './term-for';
import { testContent, testEnvironment, testRow } from './testing/rows';

const row: RowToMatch = {
  connection: 1,
  kind: 'text',
  direction: 'received',
  length: 4,
  messageKind: '',
  text: 'ping',
  json: undefined,
};

function valueAt(root: unknown, keys: (string | number)[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], root);
}

describe('termForJson', () => {
  it.each<[(string | number)[], unknown, string]>([
    [['type'], 'trade', '$.type:"trade"'],
    [['a', 0, 'b'], 5, '$.a[0].b:5'],
    [['my key'], null, '$["my key"]:null'],
    [['x'], 'say "hi"', '$.x:"say \\"hi\\""'],
    [['x'], {}, '$.x'],
    [[], true, '$:true'],
  ])('writes %j with %j as %s', (keys, value, term) => {
    expect(termForJson(keys, value)).toBe(term);
  });

  it('writes integers that no number holds', () => {
    const term = termForJson(['id'], 12345678901234567890n);
    expect(term).toBe('$.id:12345678901234567890');
    const content = { ...testContent(''), json: () => ({ id: 12345678901234567890n }) };
    expect(compileFilter(term, testEnvironment()).test(testRow(), content)).toBe(true);
  });

  it('finds the very value it was made from', () => {
    const paths = (value: unknown, keys: (string | number)[]): (string | number)[][] => {
      if (typeof value !== 'object' || value === null) return [keys];
      const entries = Array.isArray(value) ? value.map((each, at) => [at, each] as const) : Object.entries(value);
      return [keys, ...entries.flatMap(([key, each]) => paths(each, [...keys, key]))];
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
        const text = JSON.stringify(json);
        const root: unknown = JSON.parse(text);
        for (const keys of paths(root, []).slice(0, 20)) {
          const filter = compileFilter(termForJson(keys, valueAt(root, keys)), testEnvironment());
          expect(filter.problems).toEqual([]);
          expect(filter.test(testRow(), testContent(text))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('termsForRow', () => {
  it.each<[string, Partial<RowToMatch>, string]>([
    ['a decoded kind', { messageKind: 'PUBLISH a/b' }, 'kind:"PUBLISH a/b"'],
    ['a telling key', { json: { id: 1, type: 'tick' }, text: '{"id":1,"type":"tick"}' }, '$.type:"tick"'],
    ['an array with a name', { json: ['tick', 5], text: '["tick",5]' }, '$[0]:"tick"'],
    ['a short text', {}, '/^ping$/'],
    ['binary', { kind: 'binary', text: null, length: 12 }, 'kind:binary size:12'],
    ['an event', { kind: 'close', text: '{"code":1000}' }, 'kind:close'],
    ['long text', { text: 'x'.repeat(500) }, 'kind:text'],
  ])('offers first for %s', (_name, change, term) => {
    expect(termsForRow({ ...row, ...change })[0].term).toBe(term);
  });

  it('offers only terms that show the row itself, and whose opposite hides it', () => {
    const short = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('ping', '2', 'a/b(c)'));
    fc.assert(
      fc.property(short, short, fc.constantFrom('text', 'binary', 'open', 'close'), (text, messageKind, kind) => {
        const subject: RowToMatch = { ...row, kind, text, messageKind, length: text.length };
        for (const { term } of termsForRow(subject)) {
          const facts = testRow({ kind, length: text.length });
          const content = testContent(text, '', messageKind);
          expect([term, compileFilter(term, testEnvironment()).test(facts, content)]).toEqual([term, true]);
          expect(compileFilter(excludeTerm(term), testEnvironment()).test(facts, content)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('termForWords', () => {
  it('finds any text that it is given for', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 100 }), (text) => {
        const filter = compileFilter(termForWords(text)!, testEnvironment());
        return filter.problems.length === 0 && filter.test(testRow(), testContent(text));
      }),
    );
  });

  it('is none for what is too short or too long', () => {
    expect([termForWords('ab'), termForWords('x'.repeat(101))]).toEqual([null, null]);
  });
});
