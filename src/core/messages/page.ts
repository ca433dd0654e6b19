import type { RingPolicy } from './recorder';
import { isRecord } from './rpc';

/** What the page script is told, as JSON. */
export type PageCommand =
  /** Record from now on. `ring`: begin with what the ring holds, else forget it. */
  | { type: 'start'; ring: boolean; stacks: boolean }
  /** Keep a ring only. */
  | { type: 'stop' }
  | { type: 'ring'; policy: RingPolicy }
  /** There is room for another batch. */
  | { type: 'pull' }
  /** So many frames had to be dropped on their way, whole: a gap row is to say so. */
  | { type: 'missed'; frames: number }
  /** Send all that waits, now: the document is going away. */
  | { type: 'flush' }
  | { type: 'send'; id: number; connection: number; text: string | null; base64: string | null }
  | { type: 'open'; id: number; url: string; protocols: string[] }
  /** Code 0: without a code. */
  | { type: 'close'; id: number; connection: number; code: number; reason: string }
  /** Put everything back as it was and forget. */
  | { type: 'off' };

/** The page's answer to `send`, `open` and `close`, as JSON. Batches cross as bare `ArrayBuffer`s. */
export interface PageResult {
  type: 'result';
  id: number;
  /** `null` when it was done; else why not, in words for the user. */
  error: string | null;
  /** Number within the document of the connection that `open` made. */
  connection: number | null;
}

/**
 * @param text what came over the channel: JSON of a {@link PageResult}
 * @returns it, or `null` if it is not one
 */
export function parsePageResult(text: unknown): PageResult | null {
  const value = parseJson(text);
  if (!isRecord(value) || value.type !== 'result' || typeof value.id !== 'number') return null;
  return {
    type: 'result',
    id: value.id,
    error: typeof value.error === 'string' ? value.error : null,
    connection: typeof value.connection === 'number' ? value.connection : null,
  };
}

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller treats it like any other value it does not know.
    return undefined;
  }
}
