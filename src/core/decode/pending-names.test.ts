import { expect, test } from 'vitest';
import { forgetName, rememberedName, rememberName } from './pending-names';
import { graphql } from './protocols/graphql';
import { wamp } from './protocols/wamp';
import { decodeOne } from './testing/decoding';
import type { DecodeContext } from './types';

const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'sent', text: true, state: {} });

test('with too many names the oldest is forgotten; what lasts has its own room', () => {
  const shared = context();
  rememberName(shared, 'sub', 'prices', true);
  for (let id = 0; id <= 500; id++) rememberName(shared, String(id), `call ${id}`);
  expect(['sub', '0', '1', '500'].map((id) => rememberedName(shared, id))).toEqual([
    'prices',
    '',
    'call 1',
    'call 500',
  ]);
  forgetName(shared, '1');
  forgetName(shared, 'sub');
  expect(['sub', '1', '2'].map((id) => rememberedName(shared, id))).toEqual(['', '', 'call 2']);
});

test('a name that is remembered again is the latest', () => {
  const shared = context();
  for (let id = 0; id < 500; id++) rememberName(shared, String(id), 'a');
  rememberName(shared, '0', 'b');
  rememberName(shared, '500', 'c');
  expect([rememberedName(shared, '0'), rememberedName(shared, '1')]).toEqual(['b', '']);
});

test('a subscription keeps its name however much is asked and answered after it', () => {
  const state = {};
  const says = (message: unknown, direction: 'sent' | 'received') =>
    decodeOne(wamp, JSON.stringify(message), { state, direction }).kind;
  says([32, 1, {}, 'prices'], 'sent');
  says([33, 1, 77], 'received');
  for (let id = 2; id < 600; id++) {
    expect(says([48, id, {}, 'add'], 'sent')).toBe('CALL add');
    expect(says([50, id, {}, [1]], 'received')).toBe('RESULT add');
  }
  expect(says([36, 77, 9, {}, [1]], 'received')).toBe('EVENT prices');
});

test('a GraphQL subscription too, and queries without an answer', () => {
  const state = {};
  const says = (message: object, direction: 'sent' | 'received') =>
    decodeOne(graphql, JSON.stringify(message), { state, direction }).kind;
  says({ id: 's', type: 'subscribe', payload: { query: 'subscription T { t }' } }, 'sent');
  for (let id = 0; id < 600; id++)
    says({ id: `${id}`, type: 'subscribe', payload: { query: 'query Q { q }' } }, 'sent');
  expect(says({ id: 's', type: 'next', payload: { data: {} } }, 'received')).toBe('next subscription T');
  expect(says({ id: '599', type: 'next', payload: { data: {} } }, 'received')).toBe('next query Q');
});
