import { useRef } from 'preact/hooks';
import type { SchemaInfo } from '../../core/schema/schema-files';
import type { Panel } from '../state/panel';
import type { Schemas } from '../state/schemas';
import { formatBytes } from '../text/formatBytes';
import { countOf } from '../text/formatCount';
import { ToolButton } from './ToolButton';

const FORMATS = { proto: 'Protobuf', descriptor: 'Protobuf descriptors', avro: 'Avro' };

/** The files that were loaded, and the button that loads more. */
export function SchemaFiles({ panel, schemas }: { panel: Panel; schemas: Schemas }) {
  const input = useRef<HTMLInputElement>(null);
  const files = schemas.state.value?.files ?? [];
  const problem = schemas.problem.value;
  return (
    <section aria-label="Loaded schemas">
      <h2>Schemas</h2>
      {files.length === 0 && (
        <p class="quiet">
          Load <code>.proto</code> files with all that they import, descriptor sets (
          <code>protoc --include_imports --descriptor_set_out</code>) or Avro schemas (<code>.avsc</code>). They stay in
          this browser.
        </p>
      )}
      {files.length > 0 && (
        <ul class="schema-list">
          {files.map((file) => (
            <SchemaFileLine
              key={file.name}
              file={file}
              remove={() => void schemas.remove(file.name).catch(panel.failed)}
            />
          ))}
        </ul>
      )}
      <div class="schema-load">
        <button type="button" onClick={() => input.current?.click()}>
          Load files…
        </button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept=".proto,.desc,.pb,.binpb,.protoset,.fds,.bin,.avsc,.avpr,.json"
          aria-label="Schemas to load"
          onChange={(event) => {
            const chosen = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (chosen.length > 0) void schemas.load(chosen).catch(panel.failed);
          }}
        />
        <span class="problem" role="alert">
          {problem}
        </span>
      </div>
    </section>
  );
}

function SchemaFileLine({ file, remove }: { file: SchemaInfo; remove(): void }) {
  return (
    <li>
      <b>{file.name}</b>
      <span class="quiet">
        {FORMATS[file.format]}, {countOf(file.types.length, 'type')}, {formatBytes(file.bytes)}
      </span>
      <ToolButton icon="close" label={`Remove ${file.name}`} onClick={remove} />
    </li>
  );
}
