import { describe, expect, it } from 'vitest';
import { parseDestination } from './goTo';

const day = new Date(2026, 10, 21, 18).getTime();
const at = (hours: number, minutes: number, seconds: number, ms: number): number =>
  new Date(2026, 10, 21, hours, minutes, seconds, ms).getTime();

describe('parseDestination', () => {
  it('reads rows', () => {
    expect(parseDestination(' 1,234 ', day)).toEqual({ type: 'row', row: 1234 });
    expect(parseDestination('#7', day)).toEqual({ type: 'row', row: 7 });
  });

  it('reads times of the day of the log', () => {
    expect(parseDestination('3:04', day)).toEqual({ type: 'time', time: at(3, 4, 0, 0) });
    expect(parseDestination('23:59:58.25', day)).toEqual({ type: 'time', time: at(23, 59, 58, 250) });
  });

  it.each(['', 'soon', '1:2:3', '12:34:56.'])('does not read “%s”', (text) => {
    expect(parseDestination(text, day)).toBeNull();
  });
});
