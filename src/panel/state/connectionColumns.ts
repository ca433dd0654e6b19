import type { ColumnDefinition } from './columns';

export type ConnectionColumnId = 'name' | 'state' | 'sent' | 'received' | 'bytes' | 'age';

export const CONNECTION_COLUMNS: readonly ColumnDefinition<ConnectionColumnId>[] = [
  { id: 'name', label: 'Name', width: 70, minWidth: 60, fills: true },
  { id: 'state', label: 'State', width: 72, minWidth: 24 },
  { id: 'sent', label: 'Sent', width: 44, minWidth: 30, end: true },
  { id: 'received', label: 'Received', width: 62, minWidth: 30, end: true },
  { id: 'bytes', label: 'Size', width: 52, minWidth: 30, end: true, hidden: true },
  { id: 'age', label: 'Age', width: 52, minWidth: 30, end: true, hidden: true },
];
