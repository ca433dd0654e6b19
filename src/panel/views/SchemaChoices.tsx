import type { SchemaState } from '../../core/schema/schema-calls';
import type { Panel } from '../state/panel';
import type { Schemas } from '../state/schemas';
import { ToolButton } from './ToolButton';

interface SchemaChoicesProps {
  panel: Panel;
  schemas: Schemas;
  choices: SchemaState['choices'];
}

/** Which URLs are decoded by what the user chose, schema or not. */
export function SchemaChoices({ panel, schemas, choices }: SchemaChoicesProps) {
  return (
    <section aria-label="Remembered choices">
      <h2>Remembered</h2>
      <ul class="schema-list">
        {choices.map(({ pattern, decoder, label }) => (
          <li key={pattern}>
            <code title={pattern}>{pattern}</code>
            <span class={label === null ? 'problem' : 'quiet'}>{label ?? `${decoder}: not loaded`}</span>
            <ToolButton
              icon="close"
              label={`Forget ${pattern}`}
              onClick={() => void schemas.choose(pattern, null).catch(panel.failed)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
