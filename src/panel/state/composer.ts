import { batch, computed, signal } from '@preact/signals';
import type { Outgoing, SentVia } from '../../core/messages/recorder';
import type { FrameRow } from '../../core/messages/store';
import type { Connection } from '../../core/model/connection';
import { fromBase64, fromHex, toBase64, toHex } from '../text/bytesAs';
import { shortUrl } from '../text/shortUrl';
import { utf8Decoder } from '../text/utf8Decoder';
import type { Link } from './link';
import type { Log } from './log';
import { messageOf } from './notices';

/** A list that is longer is of no use to anybody. */
const MOST_OFFERED = 200;

export type ComposeKind = 'text' | 'hex' | 'base64';

/** What happened to something that was sent, for saying so beside the button. */
export interface SendReport {
  ok: boolean;
  message: string;
}

export type Composer = ReturnType<typeof createComposer>;

/** What the user writes to send it. It is kept whatever happens to it. */
export function createComposer(link: Link, log: Log) {
  const text = signal('');
  const kind = signal<ComposeKind>('text');
  const chosen = signal<number | null>(null);
  const report = signal<SendReport | null>(null);
  const sending = signal(false);
  /** Grows when the text box should get the focus. */
  const wanted = signal(0);
  const targets = computed(() =>
    log.connections.value.filter((connection) => connection.state === 'open' && !connection.readOnly),
  );
  /** The connection that was chosen, also when it is closed now; else the only or latest open one. */
  const target = computed(() => {
    const id = chosen.value;
    return (id === null ? undefined : log.byId.value.get(id)) ?? targets.value.at(-1) ?? null;
  });
  /** What is offered to choose from: the latest open ones, and always the one that is sent on. */
  const offered = computed(() => {
    const latest = targets.value.slice(-MOST_OFFERED);
    return target.value && !latest.includes(target.value) ? [target.value, ...latest] : latest;
  });
  return {
    text,
    kind,
    chosen,
    report,
    sending,
    wanted,
    offered,
    target,
    edit(row: FrameRow, bytes: Uint8Array) {
      batch(() => {
        const asText = row.kind === 'binary' ? null : utf8Decoder().decode(bytes);
        kind.value = asText === null ? 'hex' : 'text';
        text.value = asText ?? toHex(bytes).replace(/..(?!$)/g, '$& ');
        chosen.value = row.connection;
        report.value = null;
        wanted.value++;
      });
    },
    /** Shows the same bytes in another notation. Where that cannot be, notation and text stay as they are. */
    setKind(next: ComposeKind) {
      try {
        const shown = notationOf(next, bytesOf(kind.peek(), text.peek()));
        batch(() => {
          text.value = shown;
          kind.value = next;
          report.value = null;
        });
      } catch (error) {
        report.value = { ok: false, message: messageOf(error) };
      }
    },
    async send() {
      if (sending.peek()) return;
      const to = target.peek();
      if (!to) {
        report.value = { ok: false, message: 'There is no open connection to send on' };
        return;
      }
      sending.value = true;
      try {
        const message = outgoingOf(kind.peek(), text.peek());
        const via = await link.recorder.call('send', { connection: to.id, message, fallback: chosen.peek() !== null });
        report.value = { ok: true, message: describeVia(via, log.byId.peek().get(via.connection)) };
      } catch (error) {
        report.value = { ok: false, message: messageOf(error) };
      } finally {
        sending.value = false;
      }
    },
  };
}

/** What the recorder takes. @throws {Error} when the text is not of its notation */
function outgoingOf(kind: ComposeKind, text: string): Outgoing {
  return kind === 'text' ? { kind: 'text', text } : { kind: 'binary', base64: toBase64(bytesOf(kind, text)) };
}

function bytesOf(kind: ComposeKind, text: string): Uint8Array {
  if (kind === 'hex') return fromHex(text);
  return kind === 'base64' ? fromBase64(text) : new TextEncoder().encode(text);
}

/** @throws {Error} when the bytes are not text */
function notationOf(kind: ComposeKind, bytes: Uint8Array): string {
  if (kind === 'hex') return toHex(bytes).replace(/..(?!$)/g, '$& ');
  if (kind === 'base64') return toBase64(bytes);
  try {
    return utf8Decoder(true).decode(bytes);
  } catch {
    // What the browser says of it names its own functions.
    throw new Error('These bytes are not text (UTF-8)');
  }
}

/** Which socket took it, in words. */
export function describeVia(via: SentVia, connection: Connection | undefined): string {
  const name = `#${via.connection}${connection ? ` ${shortUrl(connection.url)}` : ''}`;
  if (via.via === 'same') return `Sent on ${name}`;
  return via.via === 'other'
    ? `Sent on ${name}, another open connection to the same URL`
    : `Sent on ${name}, a newly opened connection`;
}
