import type { FilterEnvironment } from '../types';
import {
  describeIntervals,
  type Interval,
  type IntervalWords,
  intervalTest,
  parseIntervals,
  straighten,
} from '../values/intervals';
import { wordSuggestions } from '../values/suggest-words';
import { parseClock, parseDuration, showClock, showDuration } from '../values/units';
import { rejected, type TermKind, understood } from './term-kind';

interface TimeValue {
  /** `start`: ms since the first frame. `clock`: ms since local midnight. */
  from: 'start' | 'clock';
  intervals: Interval[];
}

const TIMES_OF_DAY: IntervalWords = {
  more: (time) => `after ${time}`,
  atLeast: (time) => `from ${time} on`,
  less: (time) => `before ${time}`,
  atMost: (time) => `until ${time}`,
  exactly: (time) => `at ${time}`,
};

const DAY = 864e5;

/** Offsets from UTC change on quarters of an hour only, so one is looked up at most once for each. */
const QUARTER = 9e5;

/** `time:10s..1m` since the first frame, `time:12:30:00..12:31:00` by the clock. */
export const timeTerm: TermKind<TimeValue> = {
  id: 'time',
  written: 'time:',
  alsoTried: ['at', 'since', 'when'],
  summary: 'The time since the first frame of the log, or the local time of day; a number alone is milliseconds.',
  examples: ['time:10s..1m', 'time:>1m30s', 'time:12:30:00..12:31:00', 'time:>=12:30', 'time:12:30'],
  parse({ operand }) {
    const text = operand?.form === 'bare' ? operand.text : '';
    const since = parseIntervals(text, parseDuration);
    if (since) {
      const straight = straighten(since);
      return understood({ from: 'start', intervals: straight.intervals }, straight.note);
    }
    const clock = parseIntervals(text, parseClock);
    if (clock) return understood({ from: 'clock', intervals: clock.flatMap(overMidnight) });
    return rejected('time: takes a time since the start or of the day, such as 10s..1m, >5s or 12:30:00..12:31:00.');
  },
  needs: () => 'columns',
  match({ from, intervals }, environment) {
    const test = intervalTest(intervals);
    if (from === 'start') return (row) => test(row.sinceStart);
    const timeOfDay = localTimeOfDay(environment);
    return (row) => test(timeOfDay(row.time));
  },
  describe({ from, intervals }, negated) {
    const verb = negated ? 'did not come' : 'came';
    if (from === 'start') return `${verb} ${describeIntervals(intervals, showDuration)} after the start`;
    return `${verb} ${describeIntervals(intervals, showClock, TIMES_OF_DAY)} by the clock`;
  },
  suggest: (typed) =>
    wordSuggestions(typed, [
      ['<10s', 'in the first ten seconds'],
      ['10s..1m', 'from 10 s to 1 min after the start'],
      ['12:30:00..12:31:00', 'by the clock'],
    ]),
};

/** `23:59..00:01` goes on after midnight. */
function overMidnight(interval: Interval): Interval[] {
  if (interval.min <= interval.max) return [interval];
  return [
    { ...interval, max: DAY, maxOpen: true },
    { ...interval, min: 0, minOpen: false },
  ];
}

/** Gives ms since local midnight for ms since the epoch. */
function localTimeOfDay(environment: FilterEnvironment): (time: number) => number {
  const offsetOf = environment.utcOffset ?? ((time) => -new Date(time).getTimezoneOffset() * 6e4);
  let quarter = Number.NaN;
  let offset = 0;
  return (time) => {
    const now = Math.floor(time / QUARTER);
    if (now !== quarter) {
      quarter = now;
      offset = offsetOf(time);
    }
    const ofDay = (time + offset) % DAY;
    return ofDay < 0 ? ofDay + DAY : ofDay;
  };
}
