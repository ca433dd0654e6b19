import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noValues, seeJson } from './seen-values';
import { suggest } from './suggest';
import { parseQuery } from './syntax/parse-query';
import { queryText } from './testing/queries';

const seen = noValues();
seen.connections.push({ id: 12, url: 'wss://example.com/ticker' });
seen.messageKinds.push('event:trade', 'PUBLISH a/b', 'text');
seen.closeCodes.push(4001);
seeJson(seen, { type: 'trade', list: [{ id: 1 }, { id: 2 }], 'my key': null, q: 'say "hi"' });

/** The queries that the suggestions lead to; `|` is the caret. */
function completions(query: string): string[] {
  const caret = query.indexOf('|');
  const text = query.replace('|', '');
  return suggest(text, caret, seen).map(({ start, end, text: put }) => text.slice(0, start) + put + text.slice(end));
}

describe('suggest', () => {
  it.each([
    ['di|', 'dir:'],
    ['a -(si|', 'a -(size:'],
    ['dir:|', 'dir:sent'],
    ['DIR:se|', 'dir:sent'],
    ['kind:cl|', 'kind:close'],
    ['kind:open,cl|', 'kind:open,close'],
    ['kind:ev|', 'kind:event:trade'],
    ['kind:"PUB|', 'kind:"PUBLISH a/b"'],
    ['kind:te|', 'kind:"text"'],
    ['is:m|', 'is:marked'],
    ['conn:1|', 'conn:12'],
    ['url:tick|', 'url:wss://example.com/ticker'],
    ['code:4|', 'code:4001'],
    ['$|', '$.list[*].id'],
    ['$.t|', '$.type'],
    ['$.type:|', '$.type:"trade"'],
    ['$.type:|', '$.type:missing'],
    ['$.q:"s|', '$.q:"say \\"hi\\""'],
    ['$["my|', '$["my key"]'],
    ['trade|', 'kind:event:trade'],
    ['trade|', '$.type:"trade"'],
    ['len|', 'size:'],
    ['di|r:sent x', 'dir: x'],
    ['"a b" is:dr|', '"a b" is:dropped'],
    ['/a b/ is:dr|', '/a b/ is:dropped'],
  ])('completes %s to %s', (query, expected) => {
    expect(completions(query)).toContain(expected);
  });

  it('offers every key for an empty query', () => {
    expect(completions('|').length).toBeGreaterThan(9);
  });

  it.each(['"di|', '/di|', 'dir:sent|'])('offers nothing for %s', (query) => {
    expect(completions(query)).toEqual([]);
  });

  it('never offers a mistake, and copes with any query', () => {
    fc.assert(
      fc.property(queryText, fc.nat(30), (query, caret) => {
        for (const { text, start, end, complete } of suggest(query, Math.min(caret, query.length), seen)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(query.length);
          if (complete) expect(parseQuery(text).problems).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('seeJson', () => {
  it('stays within bounds', () => {
    const values = noValues();
    for (let i = 0; i < 1000; i++) seeJson(values, { [`key${i}`]: i, same: i, long: 'x'.repeat(1000) });
    expect(values.json.length).toBe(200);
    expect(values.json.find(({ path }) => path === '$.same')?.values.length).toBe(20);
    expect(values.json.find(({ path }) => path === '$.long')?.values).toEqual([]);
  });
});
