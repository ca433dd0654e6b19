import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeQuery } from './describe-query';
import { queryText } from './testing/queries';

describe('describeQuery', () => {
  it.each([
    ['', 'All frames.'],
    ['size:', 'All frames.'],
    ['trade -dir:sent', 'Frames that contain “trade” and are not sent.'],
    ['a OR b c', 'Frames that contain “a” or (contain “b” and contain “c”).'],
    ['-(a OR b)', 'Frames that do not contain “a” and do not contain “b”.'],
    ['-(a b)', 'Frames that do not contain “a” or do not contain “b”.'],
    ['size:>1k gap:<1s', 'Frames that take more than 1 kB and come less than 1 s after the previous frame.'],
    ['time:10s..1m', 'Frames that came from 10 s to 1 min after the start.'],
    ['time:>=12:30', 'Frames that came from 12:30:00 on by the clock.'],
    ['$.type:"trade"', 'Frames that have the value “trade” at $.type.'],
    ['$.x:missing', 'Frames that do not have a value at $.x.'],
    ['-$.x:missing', 'Frames that have a value at $.x.'],
    ['$.price:>100', 'Frames that have a number more than 100 at $.price.'],
    ['/foo(/', 'Frames that contain “foo(”.'],
    [
      'conn:1,2 code:4000..4999',
      'Frames that belong to connection 1 or 2 and are closes with the code from 4000 to 4999.',
    ],
  ])('of %s: %s', (query, expected) => {
    expect(describeQuery(query)).toBe(expected);
  });

  it('has words for any query', () => {
    fc.assert(fc.property(queryText, (query) => /^(All frames|Frames that .*)\.$/su.test(describeQuery(query))));
  });
});
