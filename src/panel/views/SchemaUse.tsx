import { useState } from 'preact/hooks';
import type { SchemaInfo } from '../../core/schema/schema-files';
import { parseSchemaId, schemaId } from '../../core/schema/schema-id';
import type { Panel } from '../state/panel';
import type { Schemas } from '../state/schemas';

interface SchemaUseProps {
  panel: Panel;
  schemas: Schemas;
  files: readonly SchemaInfo[];
  /** Of the connection that is looked at, without query. */
  url: string;
  /** The decoder of the frame that is looked at. */
  decoder: string;
}

/** What a select holds for "as received" and for "by no schema". */
const SAME = '=';
const NONE = '';

/** Chooses the type of the messages in each direction, and for which URLs. */
export function SchemaUse({ panel, schemas, files, url, decoder }: SchemaUseProps) {
  const now = parseSchemaId(decoder);
  const [received, setReceived] = useState(now ? key(now.format, now.received) : NONE);
  const [sent, setSent] = useState(!now || now.sent === now.received ? SAME : key(now.format, now.sent));
  const [pattern, setPattern] = useState(url);
  const both = sent === SAME ? received : sent;
  const format = formatOf(received) ?? formatOf(both);
  const choice = format && { format, received: nameOf(received), sent: nameOf(both) };
  return (
    <form
      class="schema-use"
      aria-label="Decode by a schema"
      onSubmit={(event) => {
        event.preventDefault();
        if (choice) void schemas.choose(pattern.trim(), schemaId(choice)).catch(panel.failed);
      }}
    >
      <h2>Decode messages as</h2>
      <label>
        <span>Received</span>
        <select value={received} onChange={(event) => setReceived(event.currentTarget.value)}>
          <option value={NONE}>no schema</option>
          <Types files={files} />
        </select>
      </label>
      <label>
        <span>Sent</span>
        <select value={sent} onChange={(event) => setSent(event.currentTarget.value)}>
          <option value={SAME}>as received</option>
          <option value={NONE}>no schema</option>
          <Types files={files} only={formatOf(received)} />
        </select>
      </label>
      <label>
        <span>On</span>
        <input
          type="text"
          value={pattern}
          spellcheck={false}
          title="A URL without its query; * stands for any characters"
          aria-label="URL pattern"
          onInput={(event) => setPattern(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">
        A URL without its query, in which * stands for any characters. Remembered until it is removed below.
      </p>
      <div class="dialog-buttons">
        <button type="submit" class="primary" disabled={!choice || pattern.trim() === ''}>
          Decode
        </button>
      </div>
    </form>
  );
}

function Types({ files, only }: { files: readonly SchemaInfo[]; only?: string }) {
  return (
    <>
      {files.map(({ name, format, types }) => {
        const by = format === 'avro' ? 'avro' : 'protobuf';
        if (only !== undefined && only !== by) return null;
        return (
          <optgroup key={name} label={name}>
            {types.map((type) => (
              <option key={type} value={key(by, type)}>
                {type}
              </option>
            ))}
          </optgroup>
        );
      })}
    </>
  );
}

function key(format: 'protobuf' | 'avro', type: string): string {
  return type === '' ? NONE : `${format}:${type}`;
}

function formatOf(value: string): 'protobuf' | 'avro' | undefined {
  return parseSchemaId(value)?.format;
}

function nameOf(value: string): string {
  return value.slice(value.indexOf(':') + 1);
}
