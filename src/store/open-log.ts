import { Content } from './content';
import type { Decoders } from './decoders';
import { LogInsight } from './insight/log-insight';
import type { FrameLog } from './log';
import { Rows } from './rows';

/** A log with what is needed to look at it. */
export interface OpenLog {
  log: FrameLog;
  content: Content;
  rows: Rows;
  insight: LogInsight;
}

/**
 * @param remembered the decoder that the user chose for a URL earlier
 * @param pairField the field by which the user wants its messages paired
 */
export function openLog(
  log: FrameLog,
  loadDecoders: () => Promise<Decoders>,
  remembered: (url: string) => string | undefined,
  pairField: (url: string) => string | undefined,
): OpenLog {
  const content = new Content(log, loadDecoders, remembered);
  const insight = new LogInsight(log, new Content(log, loadDecoders, remembered), pairField);
  return { log, content, rows: new Rows(log, content), insight };
}
