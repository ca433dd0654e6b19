import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../core/filter';
import { combineQuery, createFilter, type KindChip, typedProblems } from './filter';

const kinds = (...list: KindChip[]): Set<KindChip> => new Set(list);

describe('combineQuery', () => {
  it('leaves a typed query as it is without chips', () => {
    expect(combineQuery('a OR b', null, kinds())).toEqual({ query: 'a OR b', typedAt: 0 });
  });

  it('stands for the chips alone', () => {
    expect(combineQuery('  ', 'sent', kinds('text')).query).toBe('dir:sent kind:text');
  });

  it('binds the chips to all of what is typed', () => {
    expect(combineQuery('a OR b', 'sent', kinds())).toEqual({ query: 'dir:sent (a OR b)', typedAt: 10 });
  });

  it('adds no brackets where an open quote would take them in', () => {
    expect(combineQuery('"open', 'sent', kinds()).query).toBe('dir:sent "open');
  });

  it('makes every choice of kinds a query without a mistake', () => {
    const chips: KindChip[] = ['text', 'binary', 'events'];
    for (let bits = 0; bits < 8; bits++) {
      const { query } = combineQuery('', null, kinds(...chips.filter((_, at) => bits & (1 << at))));
      expect(compileFilter(query, { connection: () => undefined }).problems).toEqual([]);
    }
  });

  it('shows all when every kind is chosen', () => {
    expect(combineQuery('', null, kinds('text', 'binary', 'events')).query).toBe('');
  });
});

describe('typedProblems', () => {
  it('moves problems to their places in the box', () => {
    const { query, typedAt } = combineQuery('/[a/', 'sent', kinds());
    const { problems } = compileFilter(query, { connection: () => undefined });
    const [problem] = typedProblems(problems, typedAt, 4);
    expect([problem.start, problem.end]).toEqual([0, 4]);
  });

  it('leaves out those of the chips', () => {
    expect(typedProblems([{ start: 0, end: 4, message: 'x' }], 10, 3)).toEqual([]);
  });
});

describe('createFilter', () => {
  it('turns chips on and off, and all off at once', () => {
    const filter = createFilter();
    filter.toggleDirection('sent');
    filter.toggleKind('text');
    expect(filter.combined.value.query).toBe('dir:sent kind:text');
    filter.toggleDirection('received');
    expect(filter.combined.value.query).toBe('dir:received kind:text');
    filter.toggleDirection('received');
    filter.toggleKind('text');
    expect(filter.active.value).toBe(false);
    filter.text.value = 'x';
    filter.toggleKind('events');
    filter.clear();
    expect(filter.combined.value.query).toBe('');
  });
});
