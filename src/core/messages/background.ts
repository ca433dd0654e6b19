import { isRecord } from './rpc';

/** Name of the port of the recorder of a tab to the background, which is followed by the tab's id. Firefox only. */
export const RECORDER_PORT = 'framescope:recorder:';

/** Background → recorder: what a document's port did or said. `document` numbers the ports since the background started. */
export type FromDocument =
  | { document: number; event: 'connected'; frameId: number }
  | { document: number; event: 'message'; message: unknown }
  | { document: number; event: 'disconnected' };

/** Recorder → background, for one document. */
export type ToDocument =
  | { document: number; event: 'message'; message: unknown }
  | { document: number; event: 'disconnect' };

/** @param message what came over a recorder's port, in either direction */
export function isForDocument(message: unknown): message is FromDocument | ToDocument {
  return isRecord(message) && typeof message.document === 'number' && typeof message.event === 'string';
}

/** What the devtools page must know of its tab before it records. */
export interface TabFacts {
  incognito: boolean;
  /** Whether the browser lets the extension into every site. */
  access: boolean;
}

/** Devtools page → background. Firefox only, whose devtools pages cannot find out themselves. */
export interface TabQuestion {
  framescope: 'tab';
  tabId: number;
}

/** @param message anything that came by `runtime.sendMessage` */
export function isTabQuestion(message: unknown): message is TabQuestion {
  return isRecord(message) && message.framescope === 'tab' && typeof message.tabId === 'number';
}
