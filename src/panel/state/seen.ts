import { effect, signal } from '@preact/signals';
import type { SeenValues } from '../../core/filter';
import type { Frames } from './frames';
import type { Log } from './log';

const MOST = 200;
/** Rows whose JSON is looked through, those that were here last. */
const MOST_ROWS = 400;

export type Seen = ReturnType<typeof createSeen>;

/**
 * Values of this log, for suggestions: of its connections, and of the rows that were looked at. What a filter that is
 * still being typed hides is remembered, or nothing could be suggested for the rest of it.
 */
export function createSeen(log: Log, frames: Frames) {
  const messageKinds = new Set<string>();
  /** Contents by frame, those seen last at the end. */
  const contents = new Map<number, string>();
  const known = signal(false);
  frames.onRows((rows) => {
    for (const { frame, messageKind, data } of rows) {
      if (messageKind && messageKinds.size < MOST) messageKinds.add(messageKind);
      contents.delete(frame);
      contents.set(frame, data);
    }
    for (const frame of contents.keys()) {
      if (contents.size <= MOST_ROWS) break;
      contents.delete(frame);
    }
    if (rows.length) known.value = true;
  });
  const forget = (): void => {
    messageKinds.clear();
    contents.clear();
    known.value = false;
  };
  effect(() => {
    void log.id.value;
    void log.emptied.value;
    forget();
  });
  return {
    /** Whether anything was seen. */
    known,
    values(tools: typeof import('../../core/filter')): SeenValues {
      const seen = tools.noValues();
      seen.messageKinds = [...messageKinds];
      const codes = new Set<number>();
      for (const { id, url, close } of log.connections.peek().slice(-MOST)) {
        seen.connections.push({ id, url });
        if (close) codes.add(close.code);
      }
      seen.closeCodes = [...codes];
      for (const data of contents.values()) {
        const value = parseWhole(data);
        if (value !== undefined) tools.seeJson(seen, value);
      }
      return seen;
    },
  };
}

function parseWhole(data: string): unknown {
  if (data[0] !== '{' && data[0] !== '[') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    // Cut off, or only like JSON: it suggests nothing.
    return undefined;
  }
}
