import { useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { Dialog } from './Dialog';

/** Asks for the note of a mark. */
export function NoteDialog({ panel }: { panel: Panel }) {
  const { marks } = panel;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      label="Note"
      action="Mark"
      close={() => {
        marks.noting.value = null;
        panel.focusFrames.current();
      }}
      submit={(shut) => {
        void marks.set(true, input.current!.value);
        shut();
      }}
    >
      <label>
        Note
        <input ref={input} type="text" defaultValue={marks.noting.peek() ?? ''} maxLength={500} />
      </label>
    </Dialog>
  );
}
