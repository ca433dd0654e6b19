/** One value as typed, with the width of what it names: `10s` is the second from 10 s on, `1k` exactly 1000. */
export interface Point {
  at: number;
  width: number;
}

/** Numbers from `min` to `max`; an open end is not part of it. Infinite where nothing was typed. */
export interface Interval {
  min: number;
  max: number;
  minOpen: boolean;
  maxOpen: boolean;
}

/**
 * Reads `5`, `>5`, `>=5`, `<5`, `<=5`, `=5`, `5..9`, `5..`, `..9`, or several of them with commas between.
 * @param point reads one value; `null` when it cannot
 * @returns `null` when any part cannot be read. A range that runs backwards keeps `min > max`.
 */
export function parseIntervals(text: string, point: (text: string) => Point | null): Interval[] | null {
  const intervals: Interval[] = [];
  for (const part of text.split(',')) {
    const interval = parseInterval(part.trim(), point);
    if (!interval) return null;
    intervals.push(interval);
  }
  return intervals;
}

function parseInterval(text: string, point: (text: string) => Point | null): Interval | null {
  const range = text.indexOf('..');
  if (range >= 0) {
    const [low, high] = [text.slice(0, range), text.slice(range + 2)];
    if (low === '' && high === '') return null;
    const min = low === '' ? -Infinity : point(low)?.at;
    const max = high === '' ? Infinity : point(high)?.at;
    return min === undefined || max === undefined ? null : { min, max, minOpen: false, maxOpen: false };
  }
  const operator = /^(?:>=|<=|>|<|=)/.exec(text)?.[0] ?? '';
  const value = point(text.slice(operator.length));
  if (!value) return null;
  switch (operator) {
    case '>':
      return { min: value.at, max: Infinity, minOpen: true, maxOpen: false };
    case '>=':
      return { min: value.at, max: Infinity, minOpen: false, maxOpen: false };
    case '<':
      return { min: -Infinity, max: value.at, minOpen: false, maxOpen: true };
    case '<=':
      return { min: -Infinity, max: value.at, minOpen: false, maxOpen: false };
    default:
      return { min: value.at, max: value.at + value.width, minOpen: false, maxOpen: value.width > 0 };
  }
}

/** Whether `value` lies in the interval. */
function within(value: number, { min, max, minOpen, maxOpen }: Interval): boolean {
  return (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max);
}

/** A test whether a number lies in any of the intervals. Allocates nothing on a call. */
export function intervalTest(intervals: Interval[]): (value: number) => boolean {
  if (intervals.length === 1) {
    const [{ min, max, minOpen, maxOpen }] = intervals;
    return (value) => (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max);
  }
  return (value) => {
    for (const interval of intervals) if (within(value, interval)) return true;
    return false;
  };
}

/** Turns round every range that runs backwards; the note says so, `null` when none did. */
export function straighten(intervals: Interval[]): { intervals: Interval[]; note: string | null } {
  const backwards = intervals.some(({ min, max }) => min > max);
  if (!backwards) return { intervals, note: null };
  return {
    intervals: intervals.map((each) => (each.min > each.max ? { ...each, min: each.max, max: each.min } : each)),
    note: 'The range runs backwards, so its ends are swapped.',
  };
}

/** How intervals are put in words; each is given its numbers as shown. */
export interface IntervalWords {
  more(min: string): string;
  atLeast(min: string): string;
  less(max: string): string;
  atMost(max: string): string;
  exactly(value: string): string;
}

const AMOUNTS: IntervalWords = {
  more: (min) => `more than ${min}`,
  atLeast: (min) => `at least ${min}`,
  less: (max) => `less than ${max}`,
  atMost: (max) => `at most ${max}`,
  exactly: (value) => `exactly ${value}`,
};

/** For numbers that are names rather than amounts. */
export const NUMBERS: IntervalWords = {
  ...AMOUNTS,
  more: (min) => `above ${min}`,
  less: (max) => `below ${max}`,
  exactly: String,
};

/** The words for what the intervals hold; `show` writes one number. */
export function describeIntervals(intervals: Interval[], show: (value: number) => string, words = AMOUNTS): string {
  return intervals.map((interval) => describeInterval(interval, show, words)).join(' or ');
}

function describeInterval(interval: Interval, show: (value: number) => string, words: IntervalWords): string {
  const { min, max, minOpen, maxOpen } = interval;
  if (max === Infinity) return minOpen ? words.more(show(min)) : words.atLeast(show(min));
  if (min === -Infinity) return maxOpen ? words.less(show(max)) : words.atMost(show(max));
  if (min === max) return words.exactly(show(min));
  return maxOpen ? `from ${show(min)} to just before ${show(max)}` : `from ${show(min)} to ${show(max)}`;
}
