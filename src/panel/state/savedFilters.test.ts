import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { fakeStorage } from '../testing/fakeStorage';
import { createSavedFilters } from './savedFilters';

it('keeps filters for a site and for all, and forgets what is removed', () => {
  const storage = fakeStorage({ 'framescope.savedFilters': '[null, {"name": 1}, {"name":"old","query":"x"}]' });
  const site = signal('a.test');
  const saved = createSavedFilters(storage, site);
  saved.save({ name: 'trades', query: '$.type:"trade"', site: 'a.test' });
  saved.save({ name: 'trades', query: 'kind:trade', site: 'a.test' });
  expect(saved.list.value.map(({ name, query }) => [name, query])).toEqual([
    ['trades', 'kind:trade'],
    ['old', 'x'],
  ]);
  site.value = 'b.test';
  const again = createSavedFilters(storage, site);
  expect(again.list.value.map(({ name }) => name)).toEqual(['old']);
  again.remove(again.list.value[0]);
  expect(createSavedFilters(storage, site).list.value).toEqual([]);
});
