import type { PageCommand, PageResult } from './page';
import { isRecord } from './rpc';

/** Content script → recorder, over the runtime port of one document. */
export type DocumentMessage =
  | {
      type: 'document';
      /** Names the document, also after a port broke and was replaced. */
      key: string;
      url: string;
      /** URLs of the enclosing frames, innermost first. */
      ancestors: string[];
      /** When it was made, or came back from the back/forward cache, ms since the epoch. */
      shownAt: number;
      /** It is gone, or kept by the browser for a return: this is what it left. */
      left: boolean;
      /** Framescope was off there when it was loaded: it is not patched, and says nothing but that it is there. */
      off: boolean;
      /** It was there before the extension: what it did until then is not known. */
      late: boolean;
    }
  | { type: 'batch'; sequence: number; buffer: ArrayBuffer }
  /** It is being left: when its port ends, it is gone. */
  | { type: 'leaving' }
  | PageResult;

/** Recorder → content script, over the same port. Commands are passed on to the page as they are. */
export type RecorderMessage =
  | PageCommand
  /** Answer with a result when all that the page has done by now was stored, but for large payloads on their way. */
  | { type: 'settle'; id: number }
  /** The batch of this number was stored: it may be forgotten, and there is room for another. */
  | { type: 'ack'; sequence: number };

/** Content script → whoever listens: a document is there and asks whether anyone records its tab. */
export interface HereMessage {
  framescope: 'here';
  /** A recorder was there before, which may come back. */
  again: boolean;
}

/** Recorder → all content scripts of its tab: say that you are there. */
export interface WhereMessage {
  framescope: 'where';
}

/** Name of the runtime ports that carry batches. */
export const PORT_NAME = 'framescope:document';

/** @param message anything that came by `runtime.sendMessage` */
export function isHere(message: unknown): message is HereMessage {
  return isRecord(message) && message.framescope === 'here';
}

/** @param message anything that came by `tabs.sendMessage` */
export function isWhere(message: unknown): message is WhereMessage {
  return isRecord(message) && message.framescope === 'where';
}

/**
 * @param message what came over a document's port
 * @returns it, checked, or `null` if it is nothing that a content script says
 */
export function parseDocumentMessage(message: unknown): DocumentMessage | null {
  if (!isRecord(message)) return null;
  switch (message.type) {
    case 'document':
      if (typeof message.key !== 'string' || typeof message.url !== 'string' || !Array.isArray(message.ancestors))
        return null;
      return {
        type: 'document',
        key: message.key,
        url: message.url,
        ancestors: message.ancestors.filter((url) => typeof url === 'string'),
        shownAt: typeof message.shownAt === 'number' ? message.shownAt : 0,
        left: message.left === true,
        off: message.off === true,
        late: message.late === true,
      };
    case 'batch':
      if (typeof message.sequence !== 'number' || !isBuffer(message.buffer)) return null;
      return { type: 'batch', sequence: message.sequence, buffer: message.buffer };
    case 'leaving':
      return { type: 'leaving' };
    case 'result':
      if (typeof message.id !== 'number') return null;
      return {
        type: 'result',
        id: message.id,
        error: typeof message.error === 'string' ? message.error : null,
        closed: message.closed === true,
        connection: typeof message.connection === 'number' ? message.connection : null,
      };
    default:
      return null;
  }
}

// `instanceof` fails for a buffer of another realm.
function isBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}
