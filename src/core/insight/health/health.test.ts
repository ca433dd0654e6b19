import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainConnection } from '../../format/testing/plain-connection';
import type { Connection } from '../../model/connection';
import type { InsightMessage } from '../message';
import { PairLinks } from '../pairs/pair-links';
import { PairTable } from '../pairs/pair-table';
import { createAbnormalCloses } from './abnormal-closes';
import { createBackpressure } from './backpressure';
import type { HealthFrame } from './detector';
import { createLargeFrames } from './large-frames';
import { createReconnects } from './reconnects';
import { DETECTORS } from './registry';
import { every, look, type Said, titles } from './testing/look';
import { createUnansweredRequests } from './unanswered-requests';
import { createUncompressed } from './uncompressed';

const ended = (id: number, change: Partial<Connection>): Connection => ({
  ...plainConnection,
  id,
  state: 'closed',
  ...change,
});
const close = (code: number) => ({ code, reason: '', wasClean: false, by: 'server' });

describe('closes and failures', () => {
  it('are told by code and by reason', () => {
    const found = look(
      createAbnormalCloses(),
      [],
      [
        ended(1, { close: close(1000) }),
        ended(2, { close: close(1006) }),
        ended(3, { close: close(1006) }),
        ended(4, { close: close(4001) }),
        ended(5, { failure: 'Unexpected response code: 403', close: close(1006) }),
      ],
    );
    expect(titles(found)).toEqual([
      '2 connections closed with 1006',
      '1 connection closed with 4001',
      '1 handshake failed: Unexpected response code: 403',
    ]);
    expect(found.map(({ filter }) => filter)).toEqual(['code:1006', 'code:4001', 'conn:5']);
  });
});

describe('reconnects', () => {
  const one = (id: number, from: number) => ended(id, { createdAt: from, closedAt: from + 50, close: close(1006) });

  it('are a storm when they follow each other fast', () => {
    expect(
      titles(
        look(
          createReconnects(),
          [],
          [0, 100, 300, 700].map((at, n) => one(n + 1, at)),
        ),
      ),
    ).toEqual(['4 connections to wss://a.test/feed within 700 ms, one after the other']);
  });

  it('are none of a page that is loaded again and again', () => {
    const loaded = [0, 5000, 9000, 12_000, 20_000].map((at, n) => ({ ...one(n + 1, at), document: n + 1 }));
    expect(look(createReconnects(), [], loaded)).toEqual([]);
  });

  it('are none when they take their time, or stand side by side', () => {
    expect(
      look(
        createReconnects(),
        [],
        [0, 20_000, 60_000, 120_000].map((at, n) => one(n + 1, at)),
      ),
    ).toEqual([]);
    expect(
      look(
        createReconnects(),
        [],
        [1, 2, 3, 4, 5].map((id) => ({ ...plainConnection, id })),
      ),
    ).toEqual([]);
  });
});

describe('large messages', () => {
  it('are counted with the largest', () => {
    const found = look(createLargeFrames(), [
      { at: 0, text: '', bytes: 2_000_000 },
      { at: 1, text: '', bytes: 5_000_000 },
      { at: 2, text: 'small' },
    ]);
    expect(titles(found)).toEqual(['2 messages of more than 1 MiB, the largest 5 MB']);
    expect(found[0].frames).toEqual([0, 1]);
  });
});

describe('uncompressed text', () => {
  const traffic = every(1, 4000, (n) => `{"type":"trade","symbol":"BTCUSD","exchange":"somewhere","price":${n}}`);

  it('that repeats itself is named, unless it is compressed', () => {
    expect(titles(look(createUncompressed(), traffic))[0]).toMatch(
      /^\d+ kB of text without compression; .* \d+ times less$/,
    );
    expect(look(createUncompressed(), traffic, [{ ...plainConnection, extensions: 'permessage-deflate' }])).toEqual([]);
  });

  it('that says something new each time is left alone', () => {
    let seed = 1;
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed.toString(36);
    };
    expect(
      look(
        createUncompressed(),
        every(1, 4000, () => Array.from({ length: 20 }, next).join('')),
      ),
    ).toEqual([]);
  });
});

describe('backpressure', () => {
  const sends = (count: number, ms: number, bytes: number, buffered: (n: number) => number | null): Said[] =>
    Array.from({ length: count }, (_, n) => ({ at: n * ms, text: '', sent: true, bytes, buffered: buffered(n) }));

  it('is found where messages wait, with how much, for how long and how fast it grows', () => {
    // 100 kB ten times a second, of which half leaves.
    const [finding] = look(
      createBackpressure(),
      sends(100, 100, 100_000, (n) => (n === 0 ? null : (n + 1) * 50_000)),
    );
    expect(finding).toMatchObject({
      severity: 'warning',
      title: 'Up to 5 MB waited to be sent, some of it for 4.9 s or more',
      filter: 'conn:1 dir:sent time:0.1s..9.9s',
      frames: [1, 2, 3, 4, 99],
    });
    expect(finding.detail).toContain('grew from 100 kB to 5 MB within 9.8 s, by 500 kB a second');
  });

  it('is not a large message, nor a burst that has left before the next one', () => {
    expect(
      look(
        createBackpressure(),
        sends(9, 3000, 8_000_000, () => 8_000_000),
      ),
    ).toEqual([]);
    const burst = sends(3000, 0, 1000, (n) => (n % 100 < 66 ? null : (n % 1000) * 1000)).map((each, n) => ({
      ...each,
      at: Math.floor(n / 1000) * 60_000,
    }));
    expect(look(createBackpressure(), burst)).toEqual([]);
  });

  it('is a burst that is too much', () => {
    const burst = sends(300, 0, 100_000, (n) => (n + 1) * 100_000);
    expect(titles(look(createBackpressure(), burst))).toEqual(['Up to 30 MB waited to be sent']);
  });

  it('is told of the worst of several times', () => {
    const slow = sends(60, 100, 100_000, (n) => (n + 1) * 90_000);
    const worse = sends(60, 100, 200_000, (n) => (n + 1) * 190_000).map((each) => ({ ...each, at: each.at + 60_000 }));
    const [finding, ...others] = look(createBackpressure(), [
      ...slow,
      ...worse,
      ...slow.map((each) => ({ ...each, at: each.at + 120_000 })),
    ]);
    expect(others).toEqual([]);
    expect(finding.title).toContain('Up to 11.4 MB');
    expect(finding.filter).toMatch(/time:60.*s..65.9s$/);
  });
});

describe('requests without a reply', () => {
  const ask = (frame: number, time: number, id: string, connection = 1): InsightMessage => ({
    ...{ frame, time, connection, sent: true, bytes: 1, kind: `get ${id[0]}`, failed: false },
    pair: { id, role: 'request' },
  });

  it('are those that wait for long, or whose connection has ended', () => {
    const table = new PairTable(new PairLinks());
    for (const each of [ask(0, 0, 'a1'), ask(1, 0, 'b1'), ask(2, 6000, 'a2'), ask(3, 9000, 'c1', 2)]) table.add(each);
    table.add({ ...ask(4, 9000, 'b1'), pair: { id: 'b1', role: 'reply' }, sent: false });
    // Another takes the id: nobody waits for the one before.
    table.add(ask(5, 9500, 'a2'));
    const found = createUnansweredRequests().findings({
      connections: [plainConnection, ended(2, {})],
      start: 0,
      latest: 10_000,
      unanswered: (isOverdue) => table.unanswered(isOverdue),
    });
    expect(found).toMatchObject([
      { title: '2 requests without a reply: get a', filter: 'conn:1 is:unanswered', frames: [2, 0] },
      { title: '1 request without a reply: get c', connections: [2], frames: [3] },
    ]);
  });
});

describe('every detector', () => {
  const frame: fc.Arbitrary<Omit<HealthFrame, 'frame'>> = fc.record({
    time: fc.double({ min: 0, max: 1e9, noNaN: true }),
    connection: fc.integer({ min: 0, max: 3 }),
    sent: fc.boolean(),
    text: fc.boolean(),
    bytes: fc.nat(5_000_000),
    failed: fc.boolean(),
    buffered: fc.option(fc.nat(50_000_000)),
    content: fc.option(fc.oneof(fc.string(), fc.constantFrom('2', 'ping', '{"seq":1}', '{"id":99999999999999999999}'))),
    head: fc.option(fc.constantFrom('2', '{"seq":1}', '{"seq":2}', '{"s":99999999999999999999}')),
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 80 }), (frames) => {
        for (const create of DETECTORS) {
          const detector = create();
          for (const [at, each] of frames.entries()) {
            detector.see?.({ ...each, frame: at });
            if (each.failed) detector.miss?.(each.connection, each.time);
          }
          for (const { frames: named, title } of detector.findings({
            connections: [plainConnection],
            start: 0,
            latest: 0,
            unanswered: () => [],
          })) {
            expect(named.length).toBeLessThanOrEqual(5);
            expect(title).not.toBe('');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing in an ordinary conversation', () => {
    const said = every(137, 300, (n) => `{"user":"ann","text":"message number ${n} of the day, which is said once"}`);
    for (const create of DETECTORS) expect(look(create(), said)).toEqual([]);
  });
});
