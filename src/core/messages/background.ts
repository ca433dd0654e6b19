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

/** Devtools page → background: whether a tab is in a private window. Firefox only, whose devtools pages cannot see tabs. */
export interface PrivateQuestion {
  framescope: 'private';
  tabId: number;
}

/** @param message anything that came by `runtime.sendMessage` */
export function isPrivateQuestion(message: unknown): message is PrivateQuestion {
  return isRecord(message) && message.framescope === 'private' && typeof message.tabId === 'number';
}
