import type { RingPolicy } from './recorder';
import { isRecord } from './rpc';

/** What the page script is told, as JSON. */
export type PageCommand =
  /** Record from now on. `ring`: begin with what the ring holds, else forget it. */
  | { type: 'start'; ring: boolean; stacks: boolean }
  /** Keep a ring only. `wait`: a wide one, until it is known whether anybody records. */
  | { type: 'stop'; wait?: boolean }
  | { type: 'ring'; policy: RingPolicy }
  /** There is room for another batch. */
  | { type: 'pull' }
  /** Send all that waits, now. `parts`: of large payloads too, for which there may be no room on the way. */
  | { type: 'flush'; parts: boolean }
  | { type: 'send'; id: number; connection: number; text: string | null; base64: string | null }
  | { type: 'open'; id: number; url: string; protocols: string[] }
  /** Code 0: without a code. */
  | { type: 'close'; id: number; connection: number; code: number; reason: string }
  /** Put everything back as it was and forget. */
  | { type: 'off' };

type Action = Extract<PageCommand, { id: number }>;

/** What the content script makes of a command for the page script, which it keeps as small as can be. */
export type ToPage =
  | Exclude<PageCommand, Action>
  /** The page's clock is behind by so many ms. */
  | { type: 'clock'; ms: number }
  | {
      type: 'act';
      id: number;
      connection: number;
      name: Action['type'];
      /** Of the constructor, `send` or `close`. */
      args: unknown[];
      /** In the place of the first argument, if not `null`. */
      bytes: number[] | null;
    };

/** How an action ended. Batches cross as bare `ArrayBuffer`s. */
export interface PageResult {
  type: 'result';
  id: number;
  /** `null` when it was done; else why not, in words for the user. */
  error: string | null;
  /** Whether that was because the connection is closed, which nobody else may have heard of yet. */
  closed: boolean;
  /** Number within the document of the connection that it was about, or that `open` made. */
  connection: number | null;
}

/** What the page script says about an action, as JSON. */
export interface PageAnswer {
  id: number;
  name: string;
  /** The browser's message, where it threw. */
  error: string | null;
  connection: number | null;
  /** WHATWG `readyState` before it was done, -1 where the socket is gone. */
  state: number;
}

/**
 * @param text what came over the channel: JSON of a {@link PageAnswer}
 * @returns it, or `null` if it is not one
 */
export function parsePageAnswer(text: unknown): PageAnswer | null {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.id !== 'number') return null;
  return {
    id: value.id,
    name: String(value.name),
    error: typeof value.error === 'string' ? value.error : null,
    connection: typeof value.connection === 'number' ? value.connection : null,
    state: typeof value.state === 'number' ? value.state : -1,
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
