import { signal } from '@preact/signals';
import type { FrameRow } from '../../core/messages/store';

/** The frame from which times are measured, if one was chosen. */
export function createReference() {
  const frame = signal<number | null>(null);
  const time = signal<number | null>(null);
  return {
    frame,
    /** ms since the epoch. */
    time,
    set(row: FrameRow | null) {
      frame.value = row?.frame ?? null;
      time.value = row?.time ?? null;
    },
  };
}
