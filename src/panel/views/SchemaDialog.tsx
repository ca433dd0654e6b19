import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { createSchemas } from '../state/schemas';
import { closeOnEscape } from './closeOnEscape';
import { SchemaChoices } from './SchemaChoices';
import { SchemaFiles } from './SchemaFiles';
import { SchemaUse } from './SchemaUse';
import { ToolButton } from './ToolButton';
import '../styles/schemas.css';

interface SchemaDialogProps {
  panel: Panel;
  /** The decoder of the frame that is looked at. */
  decoder: string;
  close(): void;
}

/** Loads schemas, and chooses what is decoded by them. Escape closes it. */
export function SchemaDialog({ panel, decoder, close }: SchemaDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const schemas = useMemo(() => createSchemas(panel), [panel]);
  // Shown when it is known what it holds: it would move under the pointer otherwise.
  const ready = schemas.state.value !== null || schemas.problem.value !== '';
  useEffect(() => {
    if (ready && !dialog.current?.open) dialog.current?.showModal();
  }, [ready]);
  const state = schemas.state.value;
  const connection = panel.log.byId.value.get(panel.detail.shown.value?.row.connection ?? -1);
  const url = connection?.url.replace(/[?#].*$/s, '') ?? '';
  return (
    <dialog ref={dialog} class="dialog schemas" aria-label="Schemas" onClose={close} onKeyDown={closeOnEscape}>
      <ToolButton icon="close" label="Close the schemas" class="dialog-close" onClick={() => dialog.current?.close()} />
      <SchemaFiles panel={panel} schemas={schemas} />
      {state && <SchemaUse key={url} panel={panel} schemas={schemas} files={state.files} url={url} decoder={decoder} />}
      {state && state.choices.length > 0 && <SchemaChoices panel={panel} schemas={schemas} choices={state.choices} />}
    </dialog>
  );
}
