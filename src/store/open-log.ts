import { Content } from './content';
import type { Decoders } from './decoders';
import type { FrameLog } from './log';
import { Rows } from './rows';

/** A log with what is needed to look at it. */
export interface OpenLog {
  log: FrameLog;
  content: Content;
  rows: Rows;
}

/** @param remembered the decoder that the user chose for a URL earlier */
export function openLog(
  log: FrameLog,
  loadDecoders: () => Promise<Decoders>,
  remembered: (url: string) => string | undefined,
): OpenLog {
  const content = new Content(log, loadDecoders, remembered);
  return { log, content, rows: new Rows(log, content) };
}
