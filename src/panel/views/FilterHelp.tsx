import { useEffect, useRef } from 'preact/hooks';
import { TERM_KINDS } from '../../core/filter';
import type { Panel } from '../state/panel';
import { closeOnEscape } from './closeOnEscape';
import { ToolButton } from './ToolButton';

const WHOLE: readonly (readonly [string, string])[] = [
  ['trade BTC', 'both words'],
  ['trade OR quote', 'one of them'],
  ['(a OR b) c', 'brackets group'],
  ['-heartbeat', 'without the word; before any term'],
];

/** What can be typed into the filter box; a click tries an example. */
export function FilterHelp({ panel }: { panel: Panel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const close = (): void => {
    panel.layout.helpOpen.value = false;
  };
  const tryOut = (query: string): void => {
    panel.filter.text.value = query;
    dialog.current?.close();
    panel.focusFilter.current();
  };
  return (
    <dialog ref={dialog} class="dialog help" aria-label="Filter help" onClose={close} onKeyDown={closeOnEscape}>
      <ToolButton icon="close" label="Close the help" class="dialog-close" onClick={() => dialog.current?.close()} />
      <h2>Filter</h2>
      <table>
        <tbody>
          {WHOLE.map(([query, meaning]) => (
            <HelpRow key={query} examples={[query]} meaning={meaning} tryOut={tryOut} />
          ))}
          {TERM_KINDS.map((kind) => (
            <HelpRow key={kind.id} examples={kind.examples.slice(0, 3)} meaning={kind.summary} tryOut={tryOut} />
          ))}
        </tbody>
      </table>
    </dialog>
  );
}

interface HelpRowProps {
  examples: readonly string[];
  meaning: string;
  tryOut(query: string): void;
}

function HelpRow({ examples, meaning, tryOut }: HelpRowProps) {
  return (
    <tr>
      <td>
        {examples.map((example) => (
          <button key={example} type="button" class="example" onClick={() => tryOut(example)}>
            {example}
          </button>
        ))}
      </td>
      <td>{meaning}</td>
    </tr>
  );
}
