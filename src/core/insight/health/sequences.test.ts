import { describe, expect, it } from 'vitest';
import { createSequences } from './sequences';
import { every, look, missing, type Said, sent, titles } from './testing/look';

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);
const said = (texts: readonly string[], from = 0): Said[] => every(100, texts.length, (n) => texts[n], from);
const numbered = (numbers: readonly number[], from = 0): Said[] =>
  said(
    numbers.map((n) => `{"type":"trade","seq":${n},"price":1}`),
    from,
  );
const found = (...all: Said[][]) => look(createSequences(), all.flat());

describe('sequences', () => {
  it('in order are none', () => expect(found(numbered(upTo(50)))).toEqual([]));

  it('of numbers that mean something else are none', () =>
    expect(found(numbered(upTo(50).map((n) => (n * 7919) % 101)))).toEqual([]));

  it('tell what is missing, doubled and out of order, with the frames', () => {
    const [finding] = found(numbered([...upTo(100), 102, 103, 103, 104, 106, 105, 107, 108]));
    expect(finding.title).toBe(
      '“seq” counts 108 messages received: 2 numbers missing, 1 message out of order, 1 number twice',
    );
    expect(finding.frames).toEqual([100, 102, 104, 105]);
    expect(finding.filter).toBe('conn:1 dir:received $..seq');
  });

  it('miss nothing where the log does, or a message cannot be read', () => {
    const all = numbered(upTo(100));
    const [before, after] = [all.slice(0, 40), all.slice(60)];
    expect(titles(found(before, after))).toEqual(['“seq” counts 80 messages received: 20 numbers missing']);
    expect(found(before, [missing(5000)], after)).toEqual([]);
    expect(found(all.map((each, n) => (n % 9 === 8 ? { ...each, unread: true } : each)))).toEqual([]);
  });

  it('are no ids of requests, whose replies come when they are ready', () => {
    const ids = upTo(60).map((n) => (n === 30 ? 31 : n === 31 ? 30 : n));
    expect(found(said(ids.map((id) => `{"jsonrpc":"2.0","id":${id},"result":"0x1"}`)))).toEqual([]);
    const asked = sent(said(upTo(60).map((n) => `{"seq":${n},"type":"request","command":"next"}`)));
    const replies = said(
      ids.map((n) => `{"type":"reply","seq":${n}}`),
      10,
    );
    expect(found(asked, replies)).toEqual([]);
    // What the server counts for itself is none of these, though the page has asked a few times.
    expect(titles(found(asked.slice(0, 3), numbered([...upTo(40), ...upTo(40, 41)])))).toHaveLength(1);
  });

  const shared = (numbers: readonly number[]) =>
    said(numbers.map((s) => `{"t":"${s % 25 === 0 ? 'MESSAGE_CREATE' : 'PRESENCE_UPDATE'}","s":${s},"op":0}`));

  it('may be shared by messages of several types: only what none of them has is missing', () => {
    expect(found(shared(upTo(100, 1)))).toEqual([]);
    expect(titles(found(shared(upTo(100, 1).filter((n) => n !== 40 && n !== 50))))).toEqual([
      '“s” counts 95 messages received: 2 numbers missing',
    ]);
    // A beat that says the newest number again does not make them two counters.
    const beats = [50, 55, 75].map((n) => ({ at: n * 100 - 50, text: `{"beat":true,"s":${n}}` }));
    expect(found(shared(upTo(100, 1)), beats)).toEqual([]);
  });

  it('of their own are told apart by what stands before the number', () => {
    const both = upTo(60, 1).flatMap((n) => [
      `{"of":"BTC","seq":${n}}`,
      ...(n === 40 ? [] : [`{"of":"ETH","seq":${n}}`]),
    ]);
    expect(titles(found(said(both)))).toEqual(['“seq” counts 59 messages received: 1 number missing']);
    const partitions = upTo(100).map((n) =>
      n % 20 === 19
        ? `{"partition":2,"offset":${300 + (n - 19) / 20}}`
        : `{"partition":1,"offset":${n - Math.floor(n / 20)}}`,
    );
    expect(found(said(partitions))).toEqual([]);
    const times = upTo(100).map((n) => `{"time":${1_700_000_000_000 + n * 131},"seq":${n < 60 ? n : n + 1}}`);
    expect(titles(found(said(times)))).toEqual(['“seq” counts 84 messages received: 1 number missing']);
  });

  it('may begin anew, and are looked at from there on', () => {
    const snapshots = [...numbered(upTo(200, 500)), ...numbered(upTo(15, 1), 30_000), ...numbered(upTo(15, 0), 40_000)];
    expect(found(snapshots)).toEqual([]);
    expect(titles(found(snapshots, numbered([15, 16, 18, 19], 50_000)))).toEqual([
      '“seq” counts 234 messages received: 1 number missing',
    ]);
  });

  it('miss nothing while a page has left a channel', () => {
    const before = numbered(upTo(50));
    const after = numbered(upTo(50, 150), 60_000);
    const joins = sent([
      { at: 5000, text: '{"unsubscribe":"trade"}' },
      { at: 59_900, text: '{"subscribe":"trade"}' },
    ]);
    expect(found(before, after, joins)).toEqual([]);
    expect(titles(found(before, after))).toEqual(['“seq” counts 100 messages received: 100 numbers missing']);
  });
});
