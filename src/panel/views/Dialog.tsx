import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { closeOnEscape } from './closeOnEscape';

interface DialogProps {
  label: string;
  /** What the button says that does it. */
  action: string;
  /** Called when it was closed. */
  close(): void;
  /** `shut` closes it and gives the focus back to where it was. */
  submit(shut: () => void): void;
  children: ComponentChildren;
}

/** A small form that asks for something. Escape closes it. */
export function Dialog({ label, action, close, submit, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const shut = (): void => dialog.current?.close();
  return (
    <dialog ref={dialog} class="dialog" aria-label={label} onClose={close} onKeyDown={closeOnEscape}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(shut);
        }}
      >
        {children}
        <div class="dialog-buttons">
          <button type="button" onClick={shut}>
            Cancel
          </button>
          <button type="submit" class="primary">
            {action}
          </button>
        </div>
      </form>
    </dialog>
  );
}
