import { describe, expect, it } from 'vitest';
import type { FrameRow } from '../../core/messages/store';
import { covers, type RowWindow, windowFor } from './rowWindow';

const here = (from: number, count: number): RowWindow => ({ from, rows: Array<FrameRow>(count) });
const nothing = here(0, 0);

describe('windowFor', () => {
  it('asks for what is wanted with some around it', () => {
    expect(windowFor({ first: 500, last: 530 }, 10_000, nothing, false, false)).toEqual({ from: 440, count: 150 });
  });

  it('asks for nothing when all is here', () => {
    expect(windowFor({ first: 500, last: 530 }, 10_000, here(440, 150), false, false)).toBeNull();
  });

  it('asks ahead, before what is here is used up', () => {
    expect(windowFor({ first: 550, last: 580 }, 10_000, here(440, 150), false, false)).not.toBeNull();
  });

  it('stays within the rows there are', () => {
    expect(windowFor({ first: 0, last: 30 }, 20, nothing, false, false)).toEqual({ from: 0, count: 20 });
    expect(windowFor({ first: 90, last: 130 }, 100, nothing, false, false)).toEqual({ from: 70, count: 30 });
    expect(windowFor({ first: 0, last: 30 }, 0, nothing, false, false)).toBeNull();
  });

  it('asks again for what is stale', () => {
    expect(windowFor({ first: 500, last: 530 }, 10_000, here(440, 150), true, false)).toEqual({
      from: 440,
      count: 150,
    });
  });

  it('asks for little at the tail', () => {
    expect(windowFor({ first: 970, last: 1000 }, 1000, nothing, false, true)).toEqual({ from: 960, count: 40 });
  });
});

describe('covers', () => {
  it('tells whether all rows are here', () => {
    expect(covers(here(10, 10), 10, 20)).toBe(true);
    expect(covers(here(10, 10), 9, 20)).toBe(false);
    expect(covers(here(10, 10), 10, 21)).toBe(false);
    expect(covers(nothing, 5, 5)).toBe(true);
  });
});
