import { expect, test } from 'vitest';
import { joinParts, MOST_PARTS, onePart } from './parts';

const pair = { id: 'a', role: 'request' } as const;

test('a part has a pair, topics or both; ids have a bound', () => {
  const topics = { act: 'open', names: ['x'] } as const;
  expect(onePart(undefined)).toBeUndefined();
  expect(onePart(undefined, { ...topics, names: ['x'] })).toEqual([{ topics }]);
  expect(onePart(pair, { ...topics, names: ['x'] })).toEqual([{ pair, topics }]);
  expect(onePart({ ...pair, id: 'x'.repeat(1000) })?.[0]?.pair?.id.length).toBeLessThanOrEqual(400);
});

test('the parts of several messages have their kinds, and a bound', () => {
  expect(joinParts([{ kind: 'ask', parts: onePart(pair) }])).toEqual([{ pair }]);
  expect(joinParts([{ kind: 'ask' }, { kind: 'tell' }])).toBeUndefined();
  expect(joinParts([{ kind: 'ask' }, { kind: 'tell', parts: onePart(pair) }])).toEqual([{ pair, kind: 'tell' }]);
  const many = Array.from({ length: MOST_PARTS + 1 }, () => ({ kind: 'ask', parts: onePart(pair) }));
  expect(joinParts(many)).toHaveLength(MOST_PARTS);
});
