import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Topics } from '../decode/topics';
import { FLAG } from '../model/frame';
import { compileFilter } from './compile-filter';
import { testContent, testEnvironment, testRow } from './testing/rows';
import type { RowFacts } from './types';

/** Whether a frame with this text passes the query. */
function passes(query: string, text: string, row: Partial<RowFacts> = {}, decoded = '', messageKind = ''): boolean {
  return compileFilter(query, testEnvironment()).test(testRow(row), testContent(text, decoded, messageKind));
}

describe('compileFilter', () => {
  it.each([
    ['trade', 'a TRADE here', true],
    ['trade', 'nothing', false],
    ['"order book"', 'the Order Book', true],
    ['"order book"', 'book order', false],
    ['a b', 'b..a', true],
    ['a b', 'a', false],
    ['x OR y', 'y', true],
    ['x OR y z', 'x', true],
    ['(x OR y) z', 'x', false],
    ['-ping', 'ping', false],
    ['-(a b)', 'a', true],
    ['-(a OR b)', 'a', false],
    ['ÄRGER', 'ärger', true],
    ['k', '\u212a', false],
    ['1.5', '1x5', false],
    ['/^p.ng$/', 'ping', true],
    ['/^p.ng$/', 'PING', false],
    ['/^p.ng$/i', 'PING', true],
    ['/foo(/', 'x foo( y', true],
    ['/foo(/', 'x foo y', false],
    ['/a b/', 'a b', true],
    ['$.type:"trade"', '{"type":"trade"}', true],
    ['$.type:"trade"', '{"type":"Trade"}', false],
    ['$.type:trade', '{"type":"trade"}', true],
    ['$.id:5', '{"id":"5"}', true],
    ['$.id:"5"', '{"id":5}', false],
    ['$.price:>100', '{"price":100.5}', true],
    ['$.price:>100', '{"price":"100.5"}', true],
    ['$.price:>100', '{"price":100}', false],
    ['$.price:1..2.5', '{"price":2.5}', true],
    ['$.price:-1..1', '{"price":-0.5}', true],
    ['$.a[0].b', '{"a":[{"b":null}]}', true],
    ['$.a[1].b', '{"a":[{"b":null}]}', false],
    ['$.a[-1]:2', '{"a":[1,2]}', true],
    ['$.list[*].id:5', '{"list":[{"id":4},{"id":5}]}', true],
    ['$..id:5', '{"list":[{"id":4},{"x":{"id":5}}]}', true],
    ['$["my key"]:null', '{"my key":null}', true],
    ['$.x:true', '{"x":true}', true],
    ['$.x:missing', '{"y":1}', true],
    ['$.x:missing', '{"x":1}', false],
    ['-$.x', '{"x":1}', false],
    ['-$.x', 'no json', true],
    ['$', 'no json', false],
    ['$.s:/^BTC/', '{"s":"BTCUSD"}', true],
    ['$.s:~tcu', '{"s":"BTCUSD"}', true],
    ['$.constructor', '{}', false],
    ['$.length', '[1]', false],
  ])('%s on %s: %s', (query, text, expected) => {
    expect(passes(query, text)).toBe(expected);
  });

  it.each<[string, Partial<RowFacts>, boolean]>([
    ['dir:sent', { direction: 'sent' }, true],
    ['dir:sent', { direction: 'received' }, false],
    ['DIR:Sent', { direction: 'sent' }, true],
    ['kind:binary', { kind: 'binary' }, true],
    ['kind:open,close', { kind: 'close' }, true],
    ['kind:open,close', { kind: 'text' }, false],
    ['size:>1k', { length: 1001 }, true],
    ['size:>1k', { length: 1000 }, false],
    ['size:>=1kib', { length: 1024 }, true],
    ['size:1k..2k', { length: 2000 }, true],
    ['size:2k..1k', { length: 1500 }, true],
    ['size:5', { length: 5 }, true],
    ['size:5,7', { length: 7 }, true],
    ['time:10s..1m', { sinceStart: 60_000 }, true],
    ['time:10s..1m', { sinceStart: 9_999 }, false],
    ['time:10s', { sinceStart: 10_999 }, true],
    ['time:>1m30s', { sinceStart: 90_001 }, true],
    ['time:12:30:00..12:31:00', { time: Date.UTC(2026, 10, 21, 12, 30, 30) }, true],
    ['time:12:30:00..12:31:00', { time: Date.UTC(2026, 10, 21, 12, 31, 0, 1) }, false],
    ['time:12:30', { time: Date.UTC(2026, 10, 21, 12, 30, 59) }, true],
    ['time:23:59..00:01', { time: Date.UTC(2026, 10, 21, 0, 0, 30) }, true],
    ['time:23:59..00:01', { time: Date.UTC(2026, 10, 21, 0, 2) }, false],
    ['gap:>100ms', { gap: 100.5 }, true],
    ['gap:>100', { gap: 100 }, false],
    ['conn:1', { connection: 1 }, true],
    ['conn:2,#3', { connection: 3 }, true],
    ['conn:2', { connection: 1 }, false],
    ['url:TICKER', { connection: 1 }, true],
    ['url:ticker', { connection: 9 }, false],
    ['url:/er$/', { connection: 1 }, true],
    ['is:marked', { marked: true }, true],
    ['is:sent-by-me', { flags: FLAG.byUser | FLAG.sent }, true],
    ['is:dropped', { flags: FLAG.failed }, false],
    ['is:failed', { flags: FLAG.failed }, true],
    ['is:message', { kind: 'gap' }, false],
    ['is:event', { kind: 'gap' }, true],
  ])('%s on %o: %s', (query, row, expected) => {
    expect(passes(query, '', row)).toBe(expected);
    expect(passes(`-${query}`, '', row)).toBe(!expected);
    expect(compileFilter(query, testEnvironment()).needsContent).toBe(false);
  });

  it('reads close codes of close events only', () => {
    const close = JSON.stringify({ code: 1006, reason: '', wasClean: false, by: 'server' });
    expect(passes('code:1006', close, { kind: 'close' })).toBe(true);
    expect(passes('code:4000..4999', close, { kind: 'close' })).toBe(false);
    expect(passes('code:1006', close, { kind: 'text' })).toBe(false);
    expect(passes('code:1006', 'torn', { kind: 'close' })).toBe(false);
  });

  it.each([
    ['kind:event:trade', 'event:trade', true],
    ['kind:event', 'event:trade', true],
    ['kind:eve', 'event:trade', false],
    ['kind:event:*:btc', 'event:trade:btc', true],
    ['kind:"event:trade"', 'event:trade', true],
    ['kind:"event"', 'event:trade', false],
    ['kind:"PUBLISH sensors/1"', 'PUBLISH sensors/1', true],
    ['kind:"text"', 'text', true],
    ['kind:"text"', '', false],
    ['kind:event', '', false],
  ])('%s on the message kind %s: %s', (query, messageKind, expected) => {
    expect(passes(query, '', {}, '', messageKind)).toBe(expected);
  });

  it('searches what the decoder says too', () => {
    expect(passes('hello', '\x93\x01', {}, 'say: Hello')).toBe(true);
    expect(passes('/hel+o/', '\x93\x01', {}, 'say: hello')).toBe(true);
    expect(passes('-hello', '\x93\x01', {}, 'say: hello')).toBe(false);
  });

  it.each(['size:abc', 'size:', '$.', '-', '()', 'dir:up', 'is:markd', '', '  ', '-size:abc', '$..a..b'])(
    'lets every frame pass for the mistake "%s"',
    (query) => {
      const filter = compileFilter(query, testEnvironment());
      expect(filter.matchesAll).toBe(true);
      expect(filter.test(testRow(), testContent('x'))).toBe(true);
      expect(filter.problems.length).toBe(query.trim() === '' ? 0 : 1);
    },
  );

  it('leaves a mistake out and keeps the rest', () => {
    expect(passes('a size:abc', 'a')).toBe(true);
    expect(passes('a size:abc', 'b')).toBe(false);
    expect(passes('a OR size:abc', 'b')).toBe(false);
  });

  it('says what it needs', () => {
    const needs = (query: string) => {
      const { needsContent, needsDecoded } = compileFilter(query, testEnvironment());
      return [needsContent, needsDecoded];
    };
    expect(needs('dir:sent size:>1')).toEqual([false, false]);
    expect(needs('code:1006')).toEqual([true, false]);
    expect(needs('x dir:sent')).toEqual([true, true]);
    expect(needs('$.x')).toEqual([true, true]);
    expect(needs('kind:text')).toEqual([false, false]);
    expect(needs('kind:"text"')).toEqual([true, true]);
  });

  it('gives the words that must occur, and only those', () => {
    const words = (query: string) => compileFilter(query, testEnvironment()).mustContain;
    expect(words('Trade "Order Book" dir:sent')).toEqual(['trade', 'order book']);
    expect(words('trade rad')).toEqual(['trade']);
    expect(words('a OR b')).toEqual([]);
    expect(words('-a')).toEqual([]);
    expect(words('ärger')).toEqual([]);
    expect(words('x (a OR b) (c d)')).toEqual(['x', 'c', 'd']);
    const suffices = (query: string) => compileFilter(query, testEnvironment()).mustContainSuffices;
    expect(['a', 'a b'].filter((query) => !suffices(query))).toEqual([]);
    expect(['a dir:sent', '-a', 'a OR b', 'ä', 'a ä', ''].filter(suffices)).toEqual([]);
  });

  it('names its regexes', () => {
    const { patterns } = compileFilter('/a+/gi -(/(a+)+$/ OR url:/x/) $.a:/(/ $.b:/y/', testEnvironment());
    expect(patterns).toEqual(['/a+/i', '/x/', '/(a+)+$/', '/y/']);
  });

  it('runs as its tree says, and needs the words that it says it needs', () => {
    const words = ['a', 'B', 'ab', 'c d', 'ß'];
    const term = fc.oneof(
      fc.constantFrom(...words).map((word) => ({ query: `"${word}"`, word })),
      fc.constantFrom('dir:sent', 'size:>3', 'is:marked', 'size:oops').map((query) => ({ query, word: '' })),
    );
    const facts = fc.record({
      direction: fc.constantFrom('sent' as const, 'received' as const),
      length: fc.nat(6),
      marked: fc.boolean(),
    });
    const text = fc.array(fc.constantFrom(...words, 'A', ' '), { maxLength: 4 }).map((all) => all.join(''));
    /** Disjunctions of conjunctions of terms, some of them excluded, tested the slow and obvious way. */
    const queries = fc.array(fc.array(fc.tuple(fc.boolean(), term), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(queries, facts, text, (alternatives, row, payload) => {
        const query = alternatives
          .map((all) => all.map(([not, { query: each }]) => (not ? `-${each}` : each)).join(' '))
          .join(' OR ');
        const naive = (each: { query: string; word: string }): boolean => {
          if (each.word !== '') return payload.toLowerCase().includes(each.word.toLowerCase());
          if (each.query === 'dir:sent') return row.direction === 'sent';
          return each.query === 'is:marked' ? row.marked : row.length > 3;
        };
        const usable = alternatives
          .map((all) => all.filter(([, each]) => each.query !== 'size:oops'))
          .filter((all) => all.length > 0);
        const expected = usable.length === 0 || usable.some((all) => all.every(([not, each]) => naive(each) !== not));
        const filter = compileFilter(query, testEnvironment());
        expect(filter.test(testRow(row), testContent(payload))).toBe(expected);
        if (expected) for (const word of filter.mustContain) expect(payload.toLowerCase()).toContain(word);
        if (filter.mustContainSuffices) {
          expect(filter.mustContain.every((word) => payload.toLowerCase().includes(word))).toBe(expected);
        }
        if (!filter.needsContent) expect(filter.mustContain).toEqual([]);
        expect(filter.matchesAll).toBe(usable.length === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('asks the columns before the content', () => {
    const text = vi.fn(() => 'x');
    const { test } = compileFilter('x dir:sent', testEnvironment());
    expect(test(testRow(), { ...testContent(''), text })).toBe(false);
    expect(text).not.toHaveBeenCalled();
    expect(test(testRow({ direction: 'sent' }), { ...testContent(''), text })).toBe(true);
  });
});

describe('topic:', () => {
  const content = (act: Topics['act'], names: string[], separator?: Topics['separator']) => ({
    ...testContent(''),
    parts: () => [{ topics: { act: 'about' as const, names: ['other'] } }, { topics: { act, names, separator } }],
  });

  it.each<[string, Topics['act'], string[], Topics['separator'], boolean]>([
    ['topic:"room:lobby"', 'event', ['room:lobby'], undefined, true],
    ['topic:"room:lobby"', 'event', ['room:lobby2'], undefined, false],
    ['topic:"sensors/#"', 'event', ['sensors/1/heat'], '/', true],
    ['topic:"sensors/#"', 'about', ['sensors/1'], '/', true],
    ['topic:"sensors/#"', 'event', ['sensors/1'], undefined, false],
    ['topic:orders.*', 'event', ['orders.new'], '.', true],
    // What subscribes to something narrower is another subscription.
    ['topic:"sensors/#"', 'open', ['sensors/1'], '/', false],
    ['topic:"sensors/#"', 'open', ['x', 'sensors/#'], '/', true],
    ['topic:"sensors/#"', 'end', ['sensors/#'], '/', true],
    ['-topic:a', 'event', ['a'], undefined, false],
  ])('%s of %s %j', (query, act, names, separator, expected) => {
    const filter = compileFilter(query, testEnvironment());
    expect(filter.test(testRow(), content(act, names, separator))).toBe(expected);
    expect(filter.needsDecoded).toBe(true);
  });

  it('takes a name', () => {
    expect(compileFilter('topic:', testEnvironment()).problems).toHaveLength(1);
    expect(compileFilter('topic:/x/', testEnvironment()).problems).toHaveLength(1);
  });
});
