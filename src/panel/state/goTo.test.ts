import { describe, expect, it } from 'vitest';
import { parseDestination } from './goTo';

const near = new Date(2026, 10, 21, 18).getTime();
const at = (hours: number, minutes: number, seconds: number, ms: number): number =>
  new Date(2026, 10, 21, hours, minutes, seconds, ms).getTime();

const log = [at(0, 0, 0, 0), at(23, 59, 59, 999)] as const;

describe('parseDestination', () => {
  it('reads rows', () => {
    expect(parseDestination(' 1,234 ', near, log)).toEqual({ type: 'row', row: 1234 });
    expect(parseDestination('#7', near, log)).toEqual({ type: 'row', row: 7 });
  });

  it('reads times of the day of the log', () => {
    expect(parseDestination('3:04', near, log)).toEqual({ type: 'time', time: at(3, 4, 0, 0) });
    expect(parseDestination('23:59:58.25', near, log)).toEqual({ type: 'time', time: at(23, 59, 58, 250) });
  });

  it.each(['', 'soon', '1:2:3', '12:34:56.'])('does not read “%s”', (text) => {
    expect(parseDestination(text, near, log)).toBeNull();
  });

  it('reads times of either day of a log over midnight, wherever in it the user is', () => {
    const late = at(23, 50, 30, 0);
    const early = at(24, 10, 0, 0);
    for (const ends of [
      [late, early],
      [early, late],
    ] as const) {
      for (const here of [late, early]) {
        expect(parseDestination('23:55', here, ends)).toEqual({ type: 'time', time: at(23, 55, 0, 0) });
        expect(parseDestination('0:05', here, ends)).toEqual({ type: 'time', time: at(24, 5, 0, 0) });
        // What is just outside is nearer to the end that it is outside of.
        expect(parseDestination('23:50', here, ends)).toEqual({ type: 'time', time: at(23, 50, 0, 0) });
      }
    }
  });

  it('reads the nearest of several such times within the log', () => {
    const days = [at(0, 0, 0, 0), at(24 * 5, 0, 0, 0)] as const;
    expect(parseDestination('1:00', at(50, 0, 0, 0), days)).toEqual({ type: 'time', time: at(49, 0, 0, 0) });
    expect(parseDestination('23:00', at(49, 0, 0, 0), days)).toEqual({ type: 'time', time: at(47, 0, 0, 0) });
  });
});
