import type { ColumnDefinition } from './columns';

export type KindColumnId = 'direction' | 'msgkind' | 'count' | 'rate' | 'size' | 'last' | 'recent';

export const KIND_COLUMNS: readonly ColumnDefinition<KindColumnId>[] = [
  { id: 'direction', label: 'Direction', width: 28, minWidth: 22 },
  { id: 'msgkind', label: 'Kind', width: 120, minWidth: 80, fills: true },
  { id: 'count', label: 'Count', width: 76, minWidth: 40, end: true },
  { id: 'rate', label: 'Rate', width: 72, minWidth: 40, end: true },
  { id: 'size', label: 'Size', width: 72, minWidth: 40, end: true },
  { id: 'last', label: 'Last seen', width: 92, minWidth: 40 },
  { id: 'recent', label: 'Last minute', width: 136, minWidth: 60 },
];

export type PairColumnId =
  | 'msgkind'
  | 'count'
  | 'answered'
  | 'unanswered'
  | 'errors'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'longest';

export const PAIR_COLUMNS: readonly ColumnDefinition<PairColumnId>[] = [
  { id: 'msgkind', label: 'Request', width: 120, minWidth: 80, fills: true },
  { id: 'count', label: 'Count', width: 68, minWidth: 40, end: true },
  { id: 'answered', label: 'Answered', width: 72, minWidth: 40, end: true, hidden: true },
  { id: 'unanswered', label: 'Unanswered', width: 84, minWidth: 40, end: true },
  { id: 'errors', label: 'Errors', width: 56, minWidth: 40, end: true },
  { id: 'p50', label: 'p50', width: 72, minWidth: 40, end: true },
  { id: 'p95', label: 'p95', width: 72, minWidth: 40, end: true },
  { id: 'p99', label: 'p99', width: 72, minWidth: 40, end: true },
  { id: 'longest', label: 'Max', width: 72, minWidth: 40, end: true },
];

export type GroupColumnId = 'msgkind' | 'connection' | 'groupstate' | 'events' | 'first' | 'last';

export const GROUP_COLUMNS: readonly ColumnDefinition<GroupColumnId>[] = [
  { id: 'msgkind', label: 'Subscription', width: 120, minWidth: 80, fills: true },
  { id: 'connection', label: 'Connection', width: 60, minWidth: 40, end: true },
  { id: 'groupstate', label: 'State', width: 56, minWidth: 40 },
  { id: 'events', label: 'Events', width: 56, minWidth: 40, end: true },
  { id: 'first', label: 'First', width: 92, minWidth: 40 },
  { id: 'last', label: 'Last', width: 92, minWidth: 40 },
];
