import { useEffect, useRef } from 'preact/hooks';
import { HexController } from '../grid/HexController';
import type { ShownFrame } from '../state/detail';
import type { Panel } from '../state/panel';

export interface HexViewProps {
  panel: Panel;
  shown: ShownFrame;
  /** Called with the byte that was clicked. */
  pick?(offset: number): void;
}

/** The payload byte by byte, with offsets and what is printable of it. */
export function HexView({ panel, shown, pick }: HexViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const controller = useRef<HexController | null>(null);
  useEffect(() => {
    // Where there are no bytes, there is no grid.
    if (!host.current || !spacer.current) return undefined;
    const read = async (from: number, to: number): Promise<Uint8Array> =>
      to <= shown.head.length
        ? shown.head.subarray(from, to)
        : (await panel.payloads.slice(shown.log, shown.frame, from, to)).bytes;
    const made = new HexController(host.current, spacer.current, shown.total, read, panel.failed, panel.detail.range);
    controller.current = made;
    return () => made.dispose();
  }, [panel, shown]);
  if (shown.problem) return <p class="problem">{shown.problem}</p>;
  if (shown.total === 0) return <p class="hint">The payload is empty.</p>;
  return (
    <div
      ref={host}
      class="grid hex"
      role="grid"
      aria-label="Bytes"
      aria-colcount={3}
      onClick={(event) => {
        const offset = controller.current?.byteAt(event.clientX, event.clientY) ?? null;
        if (offset !== null) pick?.(offset);
      }}
      onKeyDown={(event) => controller.current?.onKeyDown(event)}
    >
      <div ref={spacer} class="grid-spacer" role="rowgroup" />
    </div>
  );
}
