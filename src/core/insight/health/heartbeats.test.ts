import { describe, expect, it } from 'vitest';
import { plainConnection } from '../../format/testing/plain-connection';
import { createHeartbeats } from './heartbeats';
import { every, look, missing, type Said, sent, titles } from './testing/look';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const beats = (ms: number, count: number, text: string, from = 0): Said[] => every(ms, count, () => text, from);
const later = (said: Said[], ms: number, text: string): Said[] =>
  said.map((each) => ({ ...each, at: each.at + ms, text }));
const data = (ms: number, count: number, from = 0): Said[] => every(ms, count, (n) => `{"price":${n * 7}}`, from);
const found = (...said: Said[][]) => look(createHeartbeats(), said.flat());
const troubles = (...said: Said[][]) => found(...said).filter(({ severity }) => severity !== 'info');

const MQTT = { ping: '\xc0\0', pong: '\xd0\0' };
const SIGNALR = '{"type":6}\x1e';

describe('heartbeats', () => {
  it('are told with their interval', () => {
    const all = found(beats(25_000, 6, '2'));
    expect(titles(all)).toEqual(['Heartbeat received, "2", every 25 s, none missed']);
    expect(all[0].severity).toBe('info');
  });

  it('that were missed name the frames that came late', () => {
    const [finding] = found(every(5000, 12, (n) => `{"type":"ping","n":${n}}`).filter((_, n) => n !== 6));
    expect([finding.severity, finding.title]).toEqual([
      'warning',
      'Heartbeat received, "{\\"type\\":\\"ping\\",\\"n\\":0}", every 5 s: 1 beat missed',
    ]);
    expect(finding.frames).toEqual([6]);
  });

  it('that are missing in the log were not missed', () => {
    const [before, after] = [beats(5000, 8, 'ping'), beats(5000, 8, 'ping', 60_000)];
    expect(troubles(before, after)).toHaveLength(1);
    expect(titles(found(before, [missing(59_000)], after))).toEqual([
      'Heartbeat received, "ping", every 5 s, none missed',
    ]);
    expect(troubles(before, [missing(119_000)], sent(data(SECOND, 121)))).toEqual([]);
  });

  it('that stopped are overdue while others go on', () => {
    const said = [beats(5000, 8, 'ping'), sent(data(SECOND, 101))];
    expect(titles(troubles(...said))).toEqual(['Heartbeat received, "ping", every 5 s: none for 65 s now']);
  });

  it('are not found in data, nor in what comes fast or without a rhythm', () => {
    expect(found(every(5000, 10, (n) => `{"price":${n},"symbol":"ABCDEF"}`))).toEqual([]);
    expect(found(beats(50, 100, 'ok'))).toEqual([]);
    const times = [0, 1000, 9000, 9900, 30_000, 31_000, 80_000, 99_000];
    expect(found(times.map((at) => ({ at, text: 'ping' })))).toEqual([]);
    // Nor in short data, which stops when a market closes or a game is paused.
    for (const text of ['{"p":101}', 'tick', 'ok', '101', '0\x04\0\x01a1']) {
      expect(found(beats(5000, 20, text), sent(data(5000, 100)))).toEqual([]);
    }
  });

  it('are no words that merely end like one', () => {
    for (const text of ['{"type":"typing","room":5}', '{"at":"shopping"}', '{"mode":"mapping"}']) {
      expect(found(beats(3000, 6, text), beats(3000, 6, text, MINUTE))).toEqual([]);
    }
    for (const text of ['{"type":"ping"}', 'primus::ping::17', '{"serverPing":1}', 'APP_PING', '{"hb":1}', SIGNALR]) {
      expect(found(beats(3000, 6, text))).toHaveLength(1);
    }
  });

  it('that are sent only when nothing else is are not missed while something is', () => {
    const quiet = beats(MINUTE, 6, MQTT.ping);
    const busy = data(3000, 100, 5 * MINUTE + 3000);
    const again = beats(MINUTE, 3, MQTT.ping, 11 * MINUTE);
    const pongs = later([...quiet, ...again], 20, MQTT.pong);
    expect(troubles(sent([...quiet, ...busy, ...again]), pongs)).toEqual([]);
    const server = [...beats(15_000, 6, SIGNALR), ...data(2000, 60, 77_000), ...beats(15_000, 3, SIGNALR, 210_000)];
    expect(troubles(server)).toEqual([]);
    // But neither came for a minute.
    const [finding] = troubles(server, later(server, 60_000 + 225_000, SIGNALR).slice(0, 3));
    expect(finding.title).toContain('beats missed');
  });

  it('that answer are missed only where something was to be answered', () => {
    const pings = sent(beats(10_000, 12, 'ping'));
    const pongs = later(pings, 30, 'pong').map((each) => ({ ...each, sent: false }));
    expect(troubles(pings, pongs)).toEqual([]);
    expect(
      titles(
        troubles(
          pings,
          pongs.filter((_, n) => n !== 5),
        ),
      ),
    ).toEqual(['Heartbeat received, "pong", every 10 s: 1 beat missed']);
    expect(titles(troubles(pings, pongs.slice(0, 8)))).toEqual([
      'Heartbeat received, "pong", every 10 s: none for 40 s now',
    ]);
    // The page sends something else, so it need not ping.
    const calls = sent(data(4000, 60, 114_000));
    const resumed = sent(beats(10_000, 4, 'ping', 360_000));
    const answered = later(resumed, 30, 'pong').map((each) => ({ ...each, sent: false }));
    expect(troubles(pings, pongs, calls, resumed, answered)).toEqual([]);
  });

  it('are late in a tab in the background, and missed only where the connection ended for it', () => {
    const hidden = beats(MINUTE, 4, 'ping', 100_000 + MINUTE);
    const said = [sent([...beats(5000, 21, 'ping'), ...hidden]), data(SECOND, 400)];
    expect(found(...said)).toMatchObject([
      { severity: 'info', title: 'Heartbeat sent, "ping", every 5 s: 44 beats late', frames: expect.any(Array) },
    ]);
    const close = { code: 1006, reason: '', wasClean: false, by: 'server' };
    const ended = [{ ...plainConnection, state: 'closed' as const, close }];
    expect(look(createHeartbeats(), said.flat(), ended)).toMatchObject([
      { severity: 'warning', title: 'Heartbeat sent, "ping", every 5 s: 44 beats missed' },
    ]);
    // Not yet due in the background, and then it is.
    expect(troubles(sent(beats(5000, 21, 'ping')), data(SECOND, 160))).toEqual([]);
    expect(titles(troubles(sent(beats(5000, 21, 'ping')), data(SECOND, 181)))).toEqual([
      'Heartbeat sent, "ping", every 5 s: none for 80 s now',
    ]);
  });

  it('are not missed while a computer sleeps', () => {
    const day = (from: number) => [beats(25_000, 10, '2', from), sent(beats(25_000, 10, '3', from + 5))];
    const all = found(...day(0), ...day(HOUR));
    expect(all.map(({ severity }) => severity)).toEqual(['info', 'info']);
    expect(all[0].detail).toContain('The 56 min in which there was nothing at all');
    // Another connection begins when it wakes up, and this one is not heard of any more.
    const woken = data(SECOND, 100, HOUR).map((each) => ({ ...each, connection: 2 }));
    expect(titles(troubles(...day(0), woken))[0]).toContain('none for 99 s now');
    expect(troubles(...day(0), woken.slice(0, 30))).toEqual([]);
  });
});
