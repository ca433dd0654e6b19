import { isRecord } from '../../core/messages/rpc';
import type { Sort } from './columns';

const SORTS: readonly Sort['column'][] = ['time', 'length', 'direction', 'kind'];

/** An order as it was stored; `undefined` if it is none. */
export function parseSort(stored: unknown): Sort | undefined {
  if (!isRecord(stored)) return undefined;
  const column = SORTS.find((each) => each === stored.column);
  return column && { column, descending: stored.descending === true };
}
