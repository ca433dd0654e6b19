import { useEffect, useRef } from 'preact/hooks';
import type { ComposeKind } from '../state/composer';
import type { Panel } from '../state/panel';
import { ToolButton } from './ToolButton';

const PLACEHOLDERS: Record<ComposeKind, string> = {
  text: 'Message to send, Ctrl+Enter to send it',
  hex: 'Bytes as hex, such as 0a ff 00',
  base64: 'Bytes as base64, such as Cv8A',
};

/** Sends anything on an open connection. */
export function Composer({ panel }: { panel: Panel }) {
  const { composer } = panel;
  const box = useRef<HTMLTextAreaElement>(null);
  const text = composer.text.value;
  const target = composer.target.value;
  const report = composer.report.value;
  const wanted = composer.wanted.value;
  useEffect(() => {
    if (wanted) box.current?.focus();
  }, [wanted]);

  return (
    <section class="compose" aria-label="Compose">
      <select
        aria-label="Kind of message"
        value={composer.kind.value}
        onChange={(event) => composer.setKind(event.currentTarget.value as ComposeKind)}
      >
        <option value="text">text</option>
        <option value="hex">hex</option>
        <option value="base64">base64</option>
      </select>
      <textarea
        ref={box}
        aria-label="Message"
        rows={Math.min(8, Math.max(1, text.split('\n', 9).length, Math.ceil(text.length / 160)))}
        spellcheck={false}
        placeholder={PLACEHOLDERS[composer.kind.value]}
        value={text}
        aria-invalid={report?.ok === false}
        onInput={(event) => {
          composer.text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void composer.send();
          }
        }}
      />
      <Target panel={panel} />
      <ToolButton
        icon="compose"
        label="Send"
        text="Send"
        title={target ? 'Send (Ctrl+Enter)' : 'There is no open connection'}
        disabled={composer.sending.value}
        onClick={() => void composer.send()}
      />
      {report && (
        <span class={report.ok ? 'report' : 'report failed'} role={report.ok ? 'status' : 'alert'}>
          {report.message}
        </span>
      )}
    </section>
  );
}

function Target({ panel }: { panel: Panel }) {
  const { composer } = panel;
  const target = composer.target.value;
  return (
    <select
      class="target"
      aria-label="Connection to send on"
      value={String(target?.id ?? '')}
      onChange={(event) => {
        composer.chosen.value = Number(event.currentTarget.value);
      }}
    >
      {!target && <option value="">no open connection</option>}
      {composer.offered.value.map(({ id, state }) => (
        <option key={id} value={String(id)}>
          {panel.connectionName(id)}
          {state === 'open' ? '' : ` (${state})`}
        </option>
      ))}
    </select>
  );
}
