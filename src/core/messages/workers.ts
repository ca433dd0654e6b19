import { isRecord } from './rpc';

/** What a Worker does: tries regexes that may not end, reads segments from disk, or runs a function of the user's. */
export type WorkerKind = 'probe' | 'reader' | 'sandbox';

const KINDS: readonly unknown[] = ['probe', 'reader', 'sandbox'] satisfies WorkerKind[];

/**
 * What the store asks of the devtools page: a Worker, which speaks over the port that comes along, or the end of one.
 * The store makes none by itself: in Firefox `new Worker` in a Worker now and then never comes back.
 */
export type WorkerRequest = { type: 'worker'; id: number; kind: WorkerKind } | { type: 'end worker'; id: number };

/** What the devtools page tells of a Worker that it made. */
export interface WorkerFailure {
  type: 'worker failed';
  id: number;
  message: string;
}

/** @returns `null` for anything else */
export function parseWorkerRequest(value: unknown): WorkerRequest | null {
  if (!isRecord(value) || typeof value.id !== 'number') return null;
  const { type, id, kind } = value;
  if (type === 'end worker') return { type, id };
  return type === 'worker' && KINDS.includes(kind) ? { type, id, kind: kind as WorkerKind } : null;
}

/** @returns `null` for anything else */
export function parseWorkerFailure(value: unknown): WorkerFailure | null {
  if (!isRecord(value) || value.type !== 'worker failed' || typeof value.id !== 'number') return null;
  return { type: 'worker failed', id: value.id, message: String(value.message) };
}
