import { expect, test } from 'vitest';
import { createFilter } from './filter';
import { createFilterTools } from './filterTools';
import { createInsightFilter } from './insightFilter';

function make() {
  const filter = createFilter();
  const insight = createInsightFilter(filter, createFilterTools(), (error) => {
    throw error;
  });
  return { filter, insight };
}

const TRADES = 'kind:"type:trade" dir:received';

test('the same row again takes its term back, and leaves what was typed', async () => {
  const { filter, insight } = make();
  filter.text.value = 'BTC';
  await insight.toggle('trades', TRADES);
  expect([filter.text.value, insight.active.value]).toEqual([`BTC ${TRADES}`, 'trades']);
  filter.text.value += ' -USD';
  expect(insight.active.value).toBe('trades');
  await insight.toggle('trades', TRADES);
  expect([filter.text.value, insight.active.value]).toEqual(['BTC -USD', null]);
});

test('another row takes its place', async () => {
  const { filter, insight } = make();
  await insight.toggle('trades', TRADES);
  await insight.toggle('none', 'is:message -kind:* dir:sent');
  expect([filter.text.value, insight.active.value]).toEqual(['is:message -kind:* dir:sent', 'none']);
  expect(insight.undo()).toBe(true);
  expect(filter.text.value).toBe('');
});

test('a filter that the user emptied is nothing to undo', async () => {
  const { filter, insight } = make();
  await insight.toggle('trades', TRADES);
  filter.text.value = '';
  expect([insight.active.value, insight.undo()]).toEqual([null, false]);
});
