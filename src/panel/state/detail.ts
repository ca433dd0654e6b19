import { computed, effect, signal, untracked } from '@preact/signals';
import type { DecodedFrame, FrameRow, LogId } from '../../core/messages/store';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Log } from './log';
import { messageOf } from './notices';
import type { Payloads } from './payloads';
import type { Selection } from './selection';

/** The frame whose content is shown. `total` is what its payload has; 0 with a `problem` when it is gone. */
export interface ShownFrame {
  log: LogId;
  frame: number;
  row: FrameRow;
  /** The beginning of the payload. */
  head: Uint8Array;
  total: number;
  problem: string | null;
  /** Of the page's `send` call, one call a line; `null` unless it was taken. */
  stack: string | null;
}

export const HEAD_BYTES = 64 * 1024;

/** What is known of the focused frame. What was shown stays until the next one is there. */
export function createDetail(parts: {
  link: Link;
  log: Log;
  frames: Frames;
  selection: Selection;
  payloads: Payloads;
}) {
  const { link, log, frames, selection, payloads } = parts;
  const shown = signal<ShownFrame | null>(null);
  const decoded = signal<{ of: ShownFrame; result: DecodedFrame | null; problem: string | null } | null>(null);
  const decoders = signal<readonly { id: string; label: string }[]>([]);
  /** The decoder chosen for this frame alone; `null` for the connection's. */
  const decoder = signal<string | null>(null);
  /** The bytes that are pointed at, `end` exclusive. */
  const range = signal<{ start: number; end: number } | null>(null);
  const wanted = computed(() => selection.focus.value?.frame ?? null);

  effect(() => {
    const frame = wanted.value;
    const logId = log.id.value;
    untracked(() => {
      if (frame === null) shown.value = null;
      else void load(logId, frame);
    });
  });

  async function load(logId: LogId, frame: number): Promise<void> {
    const stillWanted = (): boolean => wanted.peek() === frame && log.id.peek() === logId;
    try {
      const { row, bytes, total, stack } = await payloads.slice(logId, frame, 0, HEAD_BYTES);
      if (!stillWanted()) return;
      range.value = null;
      shown.value = { log: logId, frame, row, head: bytes, total, stack, problem: null };
    } catch (error) {
      const row = frames.rowAt(selection.focus.peek()?.row ?? -1);
      if (!stillWanted() || row?.frame !== frame) return;
      shown.value = {
        log: logId,
        frame,
        row,
        head: new Uint8Array(),
        total: 0,
        stack: null,
        problem: messageOf(error),
      };
    }
  }

  effect(() => {
    const of = shown.value;
    const by = decoder.value;
    untracked(() => {
      if (of) void decode(of, by);
      else decoded.value = null;
    });
  });

  // A payload that was on its way may be whole now, and another decoder may have been chosen.
  frames.onRows((rows) => {
    const of = shown.peek();
    const row = of && rows.find(({ frame }) => frame === of.frame);
    if (row && (row.data !== of.row.data || row.pair?.other !== of.row.pair?.other)) void load(of.log, of.frame);
  });

  async function decode(of: ShownFrame, by: string | null): Promise<void> {
    try {
      const result = await link.store.call('decode', { log: of.log, frame: of.frame, decoder: by });
      if (shown.peek() === of) decoded.value = { of, result, problem: null };
    } catch (error) {
      if (shown.peek() === of) decoded.value = { of, result: null, problem: of.problem ?? messageOf(error) };
    }
  }

  function loadDecoders(): Promise<void> {
    return (
      link.store
        .call('decoders', null)
        .then((list) => {
          decoders.value = list;
        })
        // A store without decoders still shows text and bytes.
        .catch(() => {
          decoders.value = [];
        })
    );
  }
  link.onConnect(() => void loadDecoders());
  link.store.on('decoders', () => void renew());
  link.store.on('rowsChanged', frames.refresh);

  /** Shows all anew: messages are decoded by others now. */
  async function renew(): Promise<void> {
    decoder.value = null;
    frames.refresh();
    await loadDecoders();
    const of = shown.peek();
    if (of) await decode(of, null);
  }

  return {
    shown,
    decoded,
    decoders,
    decoder,
    range,
    /** Chooses the decoder of the whole connection. `null`: automatic. */
    async chooseDecoder(id: string | null): Promise<void> {
      const of = shown.peek();
      if (!of) return;
      await link.store.call('setDecoder', { log: of.log, connection: of.row.connection, decoder: id });
      await renew();
    },
    renew,
  };
}
