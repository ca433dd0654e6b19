import { describe, expect, it } from 'vitest';
import { createSilences } from './silences';
import { every, look, missing, type Said, sent, titles } from './testing/look';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const ticks = (ms: number, from: number, to: number): Said[] =>
  every(ms, Math.floor((to - from) / ms) + 1, () => 'tick', from);
const found = (...said: Said[][]) => look(createSilences(), said.flat());

describe('silences', () => {
  it('break a steady flow that goes on afterwards', () => {
    const [finding, ...others] = found(ticks(100, 0, 60_000), ticks(100, 90_000, 100_000));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      title: '1 silence, the longest 30 s, where usually something comes every 100 ms',
      filter: 'conn:1 time:60s..90s',
      frames: [601],
    });
  });

  it('are none where something is missing in the log', () => {
    expect(found(ticks(100, 0, 60_000), [missing(89_000)], ticks(100, 90_000, 100_000))).toEqual([]);
    expect(found(ticks(100, 0, 60_000), [missing(89_000, 2)], ticks(100, 90_000, 100_000))).toHaveLength(1);
  });

  it('are told of each time, and last until the flow goes on: a ping between ends none', () => {
    const flow = [ticks(100, 0, MINUTE), ticks(100, 80_000, 150_000), ticks(100, 160_000, 170_000)];
    const [finding] = found(
      ...flow,
      every(8000, 2, () => 'ping', 65_000),
    );
    expect(finding).toMatchObject({
      title: '2 silences, the longest 20 s, where usually something comes every 100 ms',
      filter: 'conn:1 (time:60s..80s OR time:150s..160s)',
    });
  });

  it('are told with what is usual, whatever was a little late', () => {
    const late = ticks(100, 0, MINUTE).filter((_, n) => n !== 500);
    expect(titles(found(late, ticks(100, 80_000, 90_000)))[0]).toContain('where usually something comes every 100 ms');
  });

  it('are found while the page goes on asking', () => {
    const asking = sent(ticks(5000, 0, 100_000));
    expect(titles(found(ticks(100, 0, MINUTE), ticks(100, 90_000, 100_000), asking))).toHaveLength(1);
  });

  it('are found again after a night', () => {
    const night = ticks(25 * SECOND, HOUR, 10 * HOUR);
    const day = [ticks(250, 10 * HOUR, 10 * HOUR + 5 * MINUTE), ticks(250, 10 * HOUR + 6 * MINUTE, 11 * HOUR)];
    expect(titles(found(ticks(250, 0, HOUR), night, ...day))).toEqual([
      '1 silence, the longest 60 s, where usually something comes every 250 ms',
    ]);
  });

  it('are none where little is said anyway', () => expect(found(ticks(30_000, 0, 20 * MINUTE))).toEqual([]));

  it('are none after a page has loaded', () => {
    const load = ticks(30, 0, 1200);
    const pings = every(25 * SECOND, 20, () => '2', 26_200);
    expect(found(load, pings, sent(pings))).toEqual([]);
    // Nor where some more is loaded now and then, by the page or by the server.
    expect(found(load, ...[1, 2, 3, 4].map((n) => ticks(5, n * MINUTE, n * MINUTE + 1500)))).toEqual([]);
  });

  it('are none in a feed that has closed, at noon or for the night', () => {
    const open = [ticks(250, 0, 2 * HOUR), ticks(250, 3 * HOUR, 4 * HOUR)];
    expect(found(...open)).toEqual([]);
    expect(found(...open, ticks(25 * SECOND, 0, 14 * HOUR))).toEqual([]);
    expect(found(ticks(250, 0, HOUR), ticks(25 * SECOND, HOUR, 14 * HOUR))).toEqual([]);
  });

  it('are none in a game that is paused, or where the page asks for the next piece', () => {
    const play = [ticks(50, 0, 10 * MINUTE), ticks(50, 12 * MINUTE, 20 * MINUTE)];
    const keys = [sent(ticks(100, 0, 10 * MINUTE - 100)), sent(ticks(100, 12 * MINUTE + 100, 20 * MINUTE))];
    const pause = [sent(every(1, 1, () => 'pause', 10 * MINUTE + 20)), sent(every(1, 1, () => 'go', 12 * MINUTE - 30))];
    expect(found(...play, ...keys, ...pause)).toEqual([]);
    const pings = every(25 * SECOND, 4, () => '2', 10 * MINUTE + 12 * SECOND);
    const pongs = sent(pings.map((ping) => ({ ...ping, at: ping.at + 1 })));
    expect(found(...play, ...keys, ...pause, pings, pongs)).toEqual([]);
  });

  it('are none where the page asks all the time, and less in the background', () => {
    const asks = (ms: number, from: number, to: number) => sent(ticks(ms, from, to));
    const answers = (said: Said[]): Said[] => said.map((each) => ({ ...each, at: each.at + 40, sent: false }));
    const all = [...asks(500, 0, 5 * MINUTE), ...asks(MINUTE, 6 * MINUTE, 9 * MINUTE), ...asks(500, 10 * MINUTE, HOUR)];
    expect(found(all, answers(all))).toEqual([]);
  });

  it('are none in a chat, of which the pauses have no measure', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (const least of [200, 1000, 3000]) {
      let at = 0;
      const talk = Array.from({ length: 3000 }, (): Said => {
        at += least / random() ** (1 / 1.2);
        return { at, text: 'hello' };
      });
      expect(found(talk, [{ at: at + HOUR, text: 'back' }])).toEqual([]);
    }
  });

  it('are none while a laptop sleeps', () =>
    expect(found(ticks(100, 0, HOUR), ticks(100, 2 * HOUR, 3 * HOUR))).toEqual([]));
});
