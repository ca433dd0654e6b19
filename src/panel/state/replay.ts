import { effect, signal } from '@preact/signals';
import type { Outgoing, SentVia } from '../../core/messages/recorder';
import { toBase64 } from '../text/bytesAs';
import { countOf } from '../text/formatCount';
import { utf8Decoder } from '../text/utf8Decoder';
import { type Composer, describeVia, type SendReport } from './composer';
import type { Link } from './link';
import type { Log } from './log';
import { messageOf } from './notices';
import type { Payloads, WholePayload } from './payloads';
import type { Selection } from './selection';

/** Sends recorded frames again. */
export function createReplay(parts: {
  link: Link;
  log: Log;
  selection: Selection;
  payloads: Payloads;
  composer: Composer;
}) {
  const { link, log, selection, payloads, composer } = parts;
  const report = signal<SendReport | null>(null);
  const running = signal(false);

  // It is about what was selected then.
  effect(() => {
    void selection.which.value;
    report.value = null;
  });

  async function send(frame: number): Promise<SentVia | null> {
    const payload = await payloads.whole(log.id.peek(), frame);
    const message = messageOfFrame(payload);
    if (!message) return null;
    return link.recorder.call('send', { connection: payload.row.connection, message, fallback: true });
  }

  return {
    report,
    running,
    /** Sends the selected messages in their order. Stops at the first that cannot be sent. */
    async selected(): Promise<void> {
      if (running.peek()) return;
      running.value = true;
      report.value = null;
      let sent = 0;
      let of = 0;
      try {
        const numbers = await selection.numbers();
        of = numbers.length;
        let last: SentVia | null = null;
        for (const frame of numbers) {
          const via = await send(frame);
          if (!via) continue;
          sent++;
          last = via;
          if (of > 1) report.value = { ok: true, message: `Sent ${sent} of ${countOf(of, 'frame')}` };
        }
        report.value = summary(sent, of, last);
      } catch (error) {
        const before = of > 1 ? `${countOf(sent, 'frame')} of ${of} sent, then: ` : '';
        report.value = { ok: false, message: before + messageOf(error) };
      } finally {
        running.value = false;
      }
    },
    async edit(): Promise<void> {
      const focus = selection.focus.peek();
      if (!focus) return;
      try {
        const { row, bytes } = await payloads.whole(log.id.peek(), focus.frame);
        composer.edit(row, bytes);
      } catch (error) {
        report.value = { ok: false, message: messageOf(error) };
      }
    },
  };

  function summary(sent: number, of: number, last: SentVia | null): SendReport {
    if (!last)
      return {
        ok: false,
        message:
          of === 1 ? 'This is an event, not a message: there is nothing to send' : 'There is no message among them',
      };
    const via = describeVia(last, log.byId.peek().get(last.connection));
    return { ok: true, message: of === 1 ? via : `${countOf(sent, 'frame')} sent, the last: ${via}` };
  }
}

function messageOfFrame({ row, bytes }: WholePayload): Outgoing | null {
  if (row.kind === 'text') return { kind: 'text', text: utf8Decoder().decode(bytes) };
  return row.kind === 'binary' ? { kind: 'binary', base64: toBase64(bytes) } : null;
}
