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

type Format = 'protobuf' | 'avro';

/** What a select holds for "as received" and for "by no schema". */
const SAME = '=';
const NONE = '';

/** Chooses the type of the messages in each direction, or a decoder for both, and for which URLs. */
export function SchemaUse({ panel, schemas, files, url, decoder }: SchemaUseProps) {
  const now = parseSchemaId(decoder);
  const [received, setReceived] = useState(now ? key(now.format, now.received) : NONE);
  const [sent, setSent] = useState(!now || now.sent === now.received ? SAME : key(now.format, now.sent));
  const [pattern, setPattern] = useState(url);
  const plain = panel.detail.decoders.value.filter(({ id }) => parseSchemaId(id) === undefined);
  const isPlain = plain.some(({ id }) => id === received);
  const chosen = isPlain ? received : idOf(received, sent === SAME ? received : sent);
  return (
    <form
      class="schema-use"
      aria-label="Decode by a schema"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) void schemas.choose(pattern.trim(), chosen).catch(panel.failed);
      }}
    >
      <h2>Decode messages as</h2>
      <label>
        <span>Received</span>
        <select value={received} onChange={(event) => setReceived(event.currentTarget.value)}>
          <option value={NONE}>no schema</option>
          <Types files={files} />
          <optgroup label="Decoders">
            {plain.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        <span>Sent</span>
        <select
          value={isPlain ? SAME : sent}
          disabled={isPlain}
          onChange={(event) => setSent(event.currentTarget.value)}
        >
          <option value={SAME}>as received</option>
          <option value={NONE}>no schema</option>
          <Types files={files} only={parseSchemaId(received)?.format} />
        </select>
      </label>
      <label>
        <span>On</span>
        <input
          type="text"
          value={pattern}
          spellcheck={false}
          aria-label="URL pattern"
          onInput={(event) => setPattern(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">
        A URL without its query, in which * stands for any characters. Remembered until it is removed below.
      </p>
      <div class="dialog-buttons">
        <button type="submit" class="primary" disabled={chosen === '' || pattern.trim() === ''}>
          Decode
        </button>
      </div>
    </form>
  );
}

function Types({ files, only }: { files: readonly SchemaInfo[]; only?: Format }) {
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

function key(format: Format, type: string): string {
  return type === '' ? NONE : `${format}:${type}`;
}

/** The decoder's id for the types of two directions; empty where neither has one, or they are of two formats. */
function idOf(received: string, sent: string): string {
  const [one, other] = [parseSchemaId(received), parseSchemaId(sent)];
  const format = (one ?? other)?.format;
  if (format === undefined || (one && other && one.format !== other.format)) return '';
  return schemaId({ format, received: one?.received ?? '', sent: other?.sent ?? '' });
}
