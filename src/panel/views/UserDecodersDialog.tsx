import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { stepsText } from '../state/pipelineSteps';
import { type UserDecoders, userDecodersOf } from '../state/userDecoders';
import { ToolButton } from './ToolButton';
import { UserDecoderEditor } from './UserDecoderEditor';
import '../styles/userDecoders.css';

interface UserDecodersDialogProps {
  panel: Panel;
  /** The decoder of the frame that is looked at. */
  decoder: string;
  close(): void;
}

/** Decoders that the user makes: the list of them, and one to edit. Escape closes it; what was typed stays. */
export function UserDecodersDialog({ panel, decoder, close }: UserDecodersDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const mine = useMemo(() => userDecodersOf(panel), [panel]);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    void mine.open(decoder);
  }, [mine]);
  const shut = (): void => dialog.current?.close();
  // DevTools takes Escape for itself unless it is kept from there.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') shut();
    else if (event.key === 's' && (event.ctrlKey || event.metaKey)) void mine.save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <dialog ref={dialog} class="dialog user-decoders" aria-label="Your decoders" onClose={close} onKeyDown={onKeyDown}>
      <ToolButton icon="close" label="Close your decoders" class="dialog-close" onClick={shut} />
      <UserDecoderList panel={panel} mine={mine} />
      {mine.draft.value ? (
        <UserDecoderEditor key={mine.draft.value.id} panel={panel} mine={mine} draft={mine.draft.value} />
      ) : (
        <p class="quiet">
          A function reads a message in JavaScript, in a sandbox. A pipeline has built-in decoders read one after the
          other, such as base64, then gzip, then MessagePack.
        </p>
      )}
    </dialog>
  );
}

function UserDecoderList({ panel, mine }: { panel: Panel; mine: UserDecoders }) {
  const input = useRef<HTMLInputElement>(null);
  const { decoders } = panel.detail;
  const labelOf = (id: string): string => decoders.value.find((decoder) => decoder.id === id)?.label ?? id;
  const { draft, stored, dirty } = mine;
  const known = mine.list.value ?? [];
  const first = dirty.value ? 'Save or discard the one that is edited first' : undefined;
  const fresh = draft.value !== null && !stored.value ? [{ decoder: draft.value, problem: null }] : [];
  return (
    <section class="user-decoder-list" aria-label="List of your decoders">
      <h2>Your decoders</h2>
      <ul>
        {[...known, ...fresh].map(({ decoder, problem }) => {
          const chosen = decoder.id === draft.value?.id;
          const what = decoder.type === 'function' ? 'function' : stepsText(decoder.steps, labelOf);
          return (
            <li key={decoder.id}>
              <button
                type="button"
                aria-current={chosen}
                onClick={() => {
                  if (!chosen) mine.show(decoder);
                }}
                disabled={!chosen && dirty.value}
                title={chosen ? what : (first ?? what)}
              >
                <b>{chosen ? draft.value?.label : decoder.label}</b>
                <span class="quiet">{problem ? 'does not run' : chosen && dirty.value ? 'not saved' : what}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div class="user-decoder-new">
        <button type="button" disabled={dirty.value} title={first} onClick={() => mine.start('function')}>
          New function
        </button>
        <button type="button" disabled={dirty.value} title={first} onClick={() => mine.start('pipeline')}>
          New pipeline
        </button>
        <button type="button" disabled={dirty.value} title={first} onClick={() => input.current?.click()}>
          Import…
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".js,.json,.txt"
          aria-label="Decoder to import"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file) void mine.import(file);
          }}
        />
      </div>
    </section>
  );
}
