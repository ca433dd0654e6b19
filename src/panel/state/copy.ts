import { RemoteError } from '../../core/messages/rpc';
import type { FrameRow } from '../../core/messages/store';
import { toBase64, toHex } from '../text/bytesAs';
import { countOf, formatCount } from '../text/formatCount';
import { utf8Decoder } from '../text/utf8Decoder';
import { writeClipboard } from '../writeClipboard';
import type { Log } from './log';
import type { Notices } from './notices';
import type { Payloads } from './payloads';
import type { Selection } from './selection';

export type CopyForm = 'text' | 'base64' | 'hex' | 'json';

/** More than this is no longer something to paste; Export is the way. */
const MOST_FRAMES = 10_000;

/** Puts the selected frames on the clipboard, one a line. */
export function createCopy(parts: { log: Log; selection: Selection; payloads: Payloads; notices: Notices }) {
  const { log, selection, payloads, notices } = parts;
  return {
    async frames(form: CopyForm): Promise<void> {
      try {
        const numbers = await selection.numbers();
        if (numbers.length > MOST_FRAMES)
          throw new Error(`${numbers.length} frames are too many to copy. Export them instead.`);
        const lines: string[] = [];
        const missing: RemoteError[] = [];
        for (const frame of numbers) {
          try {
            const { row, bytes } = await payloads.whole(log.id.peek(), frame);
            lines.push(payloadAs(form, row, bytes, log.byId.peek().get(row.connection)?.url ?? ''));
          } catch (error) {
            if (!(error instanceof RemoteError)) throw error;
            missing.push(error);
          }
        }
        if (missing.length && !lines.length) throw missing[0];
        await writeClipboard(lines.join('\n'));
        notices.info(copiedText(lines.length, missing.length));
      } catch (error) {
        notices.error(error);
      }
    },
    async text(text: string): Promise<void> {
      try {
        await writeClipboard(text);
        notices.info('Copied');
      } catch (error) {
        notices.error(error);
      }
    },
  };
}

function copiedText(copied: number, missing: number): string {
  const all = countOf(copied + missing, 'frame');
  if (!missing) return copied === 1 ? 'Copied' : `Copied ${all}`;
  return `Copied ${formatCount(copied)} of ${all}, the payload of ${formatCount(missing)} is not there`;
}

/** A payload in one of the forms in which it can be copied. */
function payloadAs(form: CopyForm, row: FrameRow, bytes: Uint8Array, url: string): string {
  if (form === 'base64') return toBase64(bytes);
  if (form === 'hex') return toHex(bytes);
  const text = utf8Decoder().decode(bytes);
  if (form === 'text') return text;
  const { frame, time, connection, kind, direction, length } = row;
  const payload = kind === 'binary' ? { base64: toBase64(bytes) } : { text };
  return JSON.stringify({ frame, time, connection, url, direction, kind, length, ...payload });
}
