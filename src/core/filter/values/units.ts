import type { Point } from './intervals';

const NUMBER = String.raw`(\d+(?:\.\d+)?|\.\d+)`;
const COUNT = new RegExp(`^-?${NUMBER}(?:e[+-]?\\d+)?$`, 'i');
const SIZE = new RegExp(`^${NUMBER}\\s*([a-z]*)$`, 'i');
const DURATION = new RegExp(`${NUMBER}(us|µs|ms|s|min|m|h|d)?`, 'iy');

/** Bytes of each unit. As in DevTools, `k` is 1000; `ki` is 1024. */
const SIZE_UNITS = new Map(
  Object.entries({
    '': 1,
    b: 1,
    k: 1e3,
    kb: 1e3,
    ki: 1024,
    kib: 1024,
    m: 1e6,
    mb: 1e6,
    mi: 1024 ** 2,
    mib: 1024 ** 2,
    g: 1e9,
    gb: 1e9,
    gi: 1024 ** 3,
    gib: 1024 ** 3,
  }),
);

/** ms of each unit. */
const DURATION_UNITS: Record<string, number> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1e3,
  m: 6e4,
  min: 6e4,
  h: 36e5,
  d: 864e5,
};

/** A plain number: `5`, `-1.5`, `1e3`. */
export function parseCount(text: string): Point | null {
  return COUNT.test(text) ? { at: Number(text), width: 0 } : null;
}

/** Bytes: `200`, `1k`, `1.5kb`, `2MiB`. */
export function parseSize(text: string): Point | null {
  const found = SIZE.exec(text);
  const unit = found && SIZE_UNITS.get(found[2].toLowerCase());
  return unit ? { at: Number(found[1]) * unit, width: 0 } : null;
}

/** ms: `100ms`, `10s`, `1m30s`, `2h`; a number alone is ms. As wide as its smallest unit. */
export function parseDuration(text: string): Point | null {
  let at = 0;
  let width = Infinity;
  DURATION.lastIndex = 0;
  while (DURATION.lastIndex < text.length) {
    const from = DURATION.lastIndex;
    const found = DURATION.exec(text);
    if (!found) return null;
    const unit = DURATION_UNITS[found[2]?.toLowerCase() ?? 'ms'];
    if (found[2] === undefined && (from > 0 || found[0].length < text.length)) return null;
    at += Number(found[1]) * unit;
    width = Math.min(width, unit);
  }
  return width === Infinity ? null : { at, width };
}

/** ms since midnight: `12:30`, `12:30:05`, `12:30:05.25`. As wide as its last part: a minute, a second, or less. */
export function parseClock(text: string): Point | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,6}))?)?$/.exec(text);
  if (!found) return null;
  const [, hours, minutes, seconds, fraction] = found;
  const at = Number(hours) * 36e5 + Number(minutes) * 6e4 + Number(seconds ?? 0) * 1e3;
  if (fraction !== undefined) return { at: at + Number(`0.${fraction}`) * 1e3, width: 1e3 / 10 ** fraction.length };
  return { at, width: seconds === undefined ? 6e4 : 1e3 };
}

/** Bytes in words: `999 bytes`, `1.5 kB`, `1 MB`. */
export function showSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 1e6) return `${round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${round(bytes / 1e6)} MB` : `${round(bytes / 1e9)} GB`;
}

/** A duration of `ms` in words: `250 ms`, `1.5 s`, `2 min`, `3 h`. */
export function showDuration(ms: number): string {
  if (ms < 1e3) return `${round(ms)} ms`;
  if (ms < 6e4) return `${round(ms / 1e3)} s`;
  return ms < 36e5 ? `${round(ms / 6e4)} min` : `${round(ms / 36e5)} h`;
}

/** `ms` since midnight as `12:30:05`, with a fraction where there is one. */
export function showClock(ms: number): string {
  const parts = [ms / 36e5, (ms / 6e4) % 60, (ms / 1e3) % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  const fraction = ms % 1e3;
  return parts.join(':') + (fraction === 0 ? '' : String(round(fraction / 1e3)).slice(1));
}

function round(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}
