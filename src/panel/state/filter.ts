import { batch, computed, signal } from '@preact/signals';
import type { QueryProblem } from '../../core/filter/types';
import type { Direction } from '../../core/model/frame';

export type KindChip = 'text' | 'binary' | 'events';
const KIND_CHIPS: readonly KindChip[] = ['text', 'binary', 'events'];

/** A query with the place at which the typed part of it begins. */
export interface CombinedQuery {
  query: string;
  typedAt: number;
}

/** The one query that stands for the chips and the text of the box. */
export function combineQuery(typed: string, direction: Direction | null, kinds: ReadonlySet<KindChip>): CombinedQuery {
  const terms = [direction ? `dir:${direction}` : '', kindTerms(kinds)].filter(Boolean);
  const text = typed.trim() ? typed : '';
  if (!terms.length) return { query: text, typedAt: 0 };
  if (!text) return { query: terms.join(' '), typedAt: 0 };
  // The chips bind to the whole of the text, and brackets only where it matters: an unfinished quote would eat them.
  const [open, close] = /\bOR\b/.test(text) ? ['(', ')'] : ['', ''];
  const prefix = `${terms.join(' ')} ${open}`;
  return { query: prefix + text + close, typedAt: prefix.length };
}

function kindTerms(kinds: ReadonlySet<KindChip>): string {
  if (kinds.size === 0 || kinds.size === KIND_CHIPS.length) return '';
  if (kinds.has('events'))
    return KIND_CHIPS.filter((kind) => kind !== 'events' && !kinds.has(kind))
      .map((kind) => `-kind:${kind}`)
      .join(' ');
  return kinds.size === 2 ? '(kind:text OR kind:binary)' : `kind:${[...kinds][0]}`;
}

/** Problems of a combined query at their places in the typed part; those of the chips are none of the user's. */
export function typedProblems(problems: readonly QueryProblem[], typedAt: number, length: number): QueryProblem[] {
  return problems
    .filter((problem) => problem.end > typedAt)
    .map((problem) => ({
      ...problem,
      start: Math.max(0, Math.min(length, problem.start - typedAt)),
      end: Math.max(0, Math.min(length, problem.end - typedAt)),
    }));
}

export type Filter = ReturnType<typeof createFilter>;

/** What the user wants to see. */
export function createFilter() {
  const text = signal('');
  const direction = signal<Direction | null>(null);
  const kinds = signal<ReadonlySet<KindChip>>(new Set());
  const combined = computed(() => combineQuery(text.value, direction.value, kinds.value));
  return {
    text,
    direction,
    kinds,
    combined,
    active: computed(() => combined.value.query !== ''),
    toggleDirection(value: Direction) {
      direction.value = direction.peek() === value ? null : value;
    },
    toggleKind(value: KindChip) {
      const next = new Set(kinds.peek());
      if (!next.delete(value)) next.add(value);
      kinds.value = next;
    },
    clear() {
      batch(() => {
        text.value = '';
        direction.value = null;
        kinds.value = new Set();
      });
    },
  };
}
