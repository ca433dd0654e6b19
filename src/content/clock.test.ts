import { expect, test } from 'vitest';
import { createClockCheck } from './clock';

test('sets the clock forward by what the computer slept, once, and never back', () => {
  let wall = 1_000_000;
  let steady = 1_000_000;
  const told: number[] = [];
  const check = createClockCheck(
    () => wall,
    () => steady,
    (ms) => told.push(ms),
  );
  check();
  wall += 500;
  check();
  expect(told).toEqual([]);
  wall += 60_000;
  check();
  check();
  expect(told).toEqual([60_500]);
  wall += 10_000;
  steady += 10_000;
  check();
  wall -= 3_600_000;
  check();
  expect(told).toEqual([60_500]);
  wall += 3_600_000 + 5000;
  check();
  expect(told).toEqual([60_500, 5000]);
});
