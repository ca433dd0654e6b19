import { describe, expect, it } from 'vitest';
import { fakeStorage } from '../testing/fakeStorage';
import { createColumns, FRAME_COLUMNS } from './columns';

const ids = (columns: { shown: { value: { id: string }[] } }): string[] => columns.shown.value.map(({ id }) => id);

describe('createColumns', () => {
  it('begins as defined', () => {
    const columns = createColumns(fakeStorage(), 'c', FRAME_COLUMNS);
    expect(ids(columns)).toEqual(['direction', 'time', 'since', 'connection', 'latency', 'length', 'kind', 'data']);
  });

  it('remembers order, width and what is hidden', () => {
    const storage = fakeStorage();
    const columns = createColumns(storage, 'c', FRAME_COLUMNS);
    columns.toggle('kind');
    columns.resize('time', 150);
    columns.move('data', -1);
    const again = createColumns(storage, 'c', FRAME_COLUMNS);
    expect(ids(again)).toEqual(['direction', 'time', 'since', 'connection', 'latency', 'data', 'length']);
    expect(again.shown.value.find(({ id }) => id === 'time')?.width).toBe(150);
  });

  it('moves past columns that are not shown', () => {
    const columns = createColumns(fakeStorage(), 'c', FRAME_COLUMNS, () => ['connection', 'latency', 'since']);
    columns.move('length', -1);
    expect(ids(columns)).toEqual(['direction', 'length', 'time', 'kind', 'data']);
    columns.move('direction', -1);
    expect(ids(columns)[0]).toBe('direction');
  });

  it('is not narrower than it can be read', () => {
    const columns = createColumns(fakeStorage(), 'c', FRAME_COLUMNS);
    columns.resize('time', -5);
    expect(columns.shown.value.find(({ id }) => id === 'time')?.width).toBe(40);
  });

  it.each(['[]', '{"a":1}', '[null,{"id":"nope"},{"id":"time","width":"wide"}]', 'not JSON'])(
    'survives %s',
    (stored) => {
      const columns = createColumns(fakeStorage({ 'framescope.c': stored }), 'c', FRAME_COLUMNS);
      expect(ids(columns).toSorted()).toEqual([
        'connection',
        'data',
        'direction',
        'kind',
        'latency',
        'length',
        'since',
        'time',
      ]);
    },
  );
});
