import { expect, test } from 'vitest';
import { FieldPair } from './field-pair';

test('the first message with an id asks, the next in the other direction answers', () => {
  const field = new FieldPair('$.meta.id');
  const pair = (id: unknown, sent: boolean) => field.pairOf({ meta: { id } }, sent)?.role;
  expect([pair(1, true), pair('x', false), pair(1, false), pair('x', true), pair(1, true), pair(1, true)]).toEqual([
    'request',
    'request',
    'reply',
    'reply',
    'request',
    'request',
  ]);
});

test('without an id there is no pair', () => {
  const field = new FieldPair('$.id');
  for (const value of [undefined, null, 5, {}, { id: null }, { id: {} }]) {
    expect(field.pairOf(value, true)).toBeUndefined();
  }
});

test('a path that cannot be read is refused', () => {
  expect(() => new FieldPair('id')).toThrow('"id" is not a JSON path');
});
