import { useEffect, useRef } from 'preact/hooks';
import type { Marks } from '../state/marks';

/** Asks for the note of a mark. */
export function NoteDialog({ marks }: { marks: Marks }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const note = marks.noting.value;
  useEffect(() => {
    if (note !== null && !dialog.current?.open) dialog.current?.showModal();
  }, [note]);
  if (note === null) return null;
  const close = (): void => {
    marks.noting.value = null;
  };
  return (
    <dialog ref={dialog} class="dialog" aria-label="Note" onClose={close}>
      <form
        method="dialog"
        onSubmit={() => {
          void marks.set(true, input.current!.value);
        }}
      >
        <label>
          Note
          <input ref={input} type="text" defaultValue={note} maxLength={500} />
        </label>
        <div class="dialog-buttons">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Mark
          </button>
        </div>
      </form>
    </dialog>
  );
}
