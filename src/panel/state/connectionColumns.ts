import type { ColumnDefinition } from './columns';

export type ConnectionColumnId = 'name' | 'state' | 'sent' | 'received' | 'bytes' | 'age';

export const CONNECTION_COLUMNS: readonly ColumnDefinition<ConnectionColumnId>[] = [
  { id: 'name', label: 'Name', width: 70, minWidth: 60, fills: true },
  { id: 'state', label: 'State', width: 80, minWidth: 24 },
  { id: 'sent', label: 'Sent', width: 42, minWidth: 30, end: true },
  { id: 'received', label: 'Received', width: 66, minWidth: 30, end: true },
  { id: 'bytes', label: 'Size', width: 58, minWidth: 30, end: true },
  { id: 'age', label: 'Age', width: 56, minWidth: 30, end: true },
];
