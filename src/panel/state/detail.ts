import { computed, effect, signal, untracked } from '@preact/signals';
import type { DecodedFrame, FrameRow, LogId } from '../../core/messages/store';
import type { Frames } from './frames';
import { isOnItsWay } from './isOnItsWay';
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

export type Detail = ReturnType<typeof createDetail>;

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

  /** The row of the focused frame, where it is known. */
  function focused(): FrameRow | undefined {
    const frame = wanted.peek();
    const of = shown.peek();
    return frames.rowsHere().find((row) => row.frame === frame) ?? (of?.frame === frame ? of?.row : undefined);
  }

  async function load(logId: LogId, frame: number): Promise<void> {
    const stillWanted = (): boolean => wanted.peek() === frame && log.id.peek() === logId;
    try {
      const { row, bytes, total, stack } = await payloads.slice(logId, frame, 0, HEAD_BYTES);
      if (!stillWanted()) return;
      range.value = null;
      shown.value = { log: logId, frame, row, head: bytes, total, stack, problem: null };
    } catch (error) {
      const row = focused() ?? (await frames.askRow(frame).catch(() => undefined));
      if (!stillWanted()) return;
      if (!row) {
        // What another frame has must not stay under this one's name.
        shown.value = null;
        return;
      }
      shown.value = {
        log: logId,
        frame,
        row,
        head: new Uint8Array(),
        total: 0,
        stack: null,
        problem: isOnItsWay(row) ? 'The payload of this frame is still on its way' : messageOf(error),
      };
    }
  }

  effect(() => {
    const of = shown.value;
    untracked(() => {
      if (of) void decode(of);
      else decoded.value = null;
    });
  });

  // A payload that was on its way may be whole now, and another decoder may have been chosen.
  frames.onRows((rows) => {
    const of = shown.peek();
    const row = of && rows.find(({ frame }) => frame === of.frame);
    if (!row) return;
    if (row.data !== of.row.data || row.pair?.other !== of.row.pair?.other) void load(of.log, of.frame);
    // Marks may be others; nothing is drawn of them here.
    else of.row = row;
  });

  async function decode(of: ShownFrame): Promise<void> {
    try {
      const result = await link.store.call('decode', { log: of.log, frame: of.frame, decoder: null });
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
    frames.refresh();
    await loadDecoders();
    const of = shown.peek();
    if (of) await decode(of);
  }

  return {
    shown,
    decoded,
    decoders,
    range,
    focused,
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
