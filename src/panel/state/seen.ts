import type { SeenValues } from '../../core/filter';
import type { Frames } from './frames';
import type { Log } from './log';

const MOST = 200;

export type Seen = ReturnType<typeof createSeen>;

/** Values of this log, for suggestions: of its connections, and of the rows that were looked at. */
export function createSeen(log: Log, frames: Frames) {
  const messageKinds = new Set<string>();
  frames.onRows((rows) => {
    for (const { messageKind } of rows) if (messageKind && messageKinds.size < MOST) messageKinds.add(messageKind);
  });
  return {
    /** @param rows parsed JSON is taken from these, those that are shown now */
    values(tools: typeof import('../../core/filter')): SeenValues {
      const seen = tools.noValues();
      seen.messageKinds = [...messageKinds];
      const codes = new Set<number>();
      for (const { id, url, close } of log.connections.peek().slice(-MOST)) {
        seen.connections.push({ id, url });
        if (close) codes.add(close.code);
      }
      seen.closeCodes = [...codes];
      for (const { data } of frames.rowsHere().slice(0, MOST)) {
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
