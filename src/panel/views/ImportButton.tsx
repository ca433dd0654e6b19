import { useRef } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { ToolButton } from './ToolButton';

/** Chooses a file and opens it as a session. */
export function ImportButton({ panel }: { panel: Panel }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ToolButton
        icon="import"
        label="Import"
        title="Import a file, or drop one on the panel"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        accept=".har,.ndjson,.json,.jsonl,.gz"
        aria-label="File to import"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void panel.importFile(file);
        }}
      />
    </>
  );
}
