import { useRef, useState } from 'preact/hooks';
import type { UserDecoder } from '../../core/decode/user-decoder';
import type { Panel } from '../state/panel';
import type { UserDecoders } from '../state/userDecoders';
import { FunctionCode } from './FunctionCode';
import { PipelineSteps } from './PipelineSteps';
import { ToolButton } from './ToolButton';
import { VisibleText } from './VisibleText';

interface UserDecoderEditorProps {
  panel: Panel;
  mine: UserDecoders;
  draft: UserDecoder;
}

/** One decoder of the user's: its name, what it does, what is wrong with it, and where it is used. */
export function UserDecoderEditor({ panel, mine, draft }: UserDecoderEditorProps) {
  const goToLine = useRef<(line: number) => void>(() => undefined);
  return (
    <form
      class="user-decoder-editor"
      aria-label="Decoder"
      onSubmit={(event) => {
        event.preventDefault();
        void mine.save();
      }}
    >
      <label class="user-decoder-name">
        <span>Name</span>
        <input
          type="text"
          value={draft.label}
          maxLength={60}
          onInput={(event) => mine.edit({ ...draft, label: event.currentTarget.value })}
        />
      </label>
      {draft.type === 'function' ? (
        <FunctionCode
          code={draft.code}
          line={mine.problem.value?.line ?? null}
          goToLine={goToLine}
          edit={(code) => mine.edit({ ...draft, code })}
        />
      ) : (
        <PipelineSteps panel={panel} mine={mine} draft={draft} />
      )}
      <Report mine={mine} goToLine={(line) => goToLine.current(line)} />
      <div class="dialog-buttons">
        <button type="button" onClick={() => void mine.remove()}>
          {mine.stored.value ? 'Remove' : 'Discard'}
        </button>
        <button type="button" onClick={mine.export}>
          Export
        </button>
        {mine.stored.value && mine.dirty.value && (
          <button type="button" onClick={() => mine.show(mine.stored.peek() ?? null)}>
            Revert
          </button>
        )}
        <button type="submit" class="primary" title="Save (Ctrl+S)">
          Save
        </button>
      </div>
      {mine.stored.value && <UseFor panel={panel} mine={mine} />}
      <p class="quiet">
        {draft.type === 'function'
          ? 'It runs in a sandbox, without the extension, the page and the network, for at most a second a message. Rows, kinds and searches are made of what it says; a search has it read every message, so one of a long log takes its time.'
          : 'Each step reads what the one before unpacked: its content, or the value at the place that is named.'}
      </p>
    </form>
  );
}

/** What is wrong with it; or what it makes of the selected frame. */
function Report({ mine, goToLine }: { mine: UserDecoders; goToLine(line: number): void }) {
  const problem = mine.problem.value;
  const tried = mine.tried.value;
  if (problem) {
    const { line, message } = problem;
    return (
      <p class="problem" role="alert">
        {line !== null && (
          <button type="button" class="pair-link" onClick={() => goToLine(line)}>
            Line {line}
          </button>
        )}
        {line !== null && ': '}
        <VisibleText text={message} />
      </p>
    );
  }
  if (!mine.saved.value) return null;
  return (
    <p role="status" aria-label="Saved" class={tried?.problem ? 'problem' : 'quiet'}>
      Saved.{' '}
      {tried && (
        <>
          Frame {tried.frame + 1}: <VisibleText text={tried.problem ?? tried.summary} />
        </>
      )}
    </p>
  );
}

/** Has a connection, or the URLs that fit a pattern, read by the decoder. */
function UseFor({ panel, mine }: { panel: Panel; mine: UserDecoders }) {
  const connection = panel.log.byId.value.get(panel.detail.shown.value?.row.connection ?? -1);
  const url = connection?.url.replace(/[?#].*$/s, '') ?? '';
  const [pattern, setPattern] = useState(url);
  const used = panel.detail.decoded.value?.result?.decoder === mine.stored.value?.id;
  return (
    <div class="user-decoder-use">
      <label>
        <span>Use on</span>
        <input
          type="text"
          value={pattern}
          spellcheck={false}
          aria-label="URL pattern"
          title="A URL without its query; * stands for any characters"
          onInput={(event) => setPattern(event.currentTarget.value)}
        />
      </label>
      <button type="button" disabled={pattern.trim() === ''} onClick={() => void mine.useFor(pattern.trim(), true)}>
        Use
      </button>
      <span class="quiet" role="status" aria-label="Use">
        {used ? 'reads the selected frame' : ''}
      </span>
      {mine.uses.value.length > 0 && (
        <ul aria-label="Used on">
          {mine.uses.value.map((each) => (
            <li key={each}>
              <code title={each}>{each}</code>
              <ToolButton icon="close" label={`Forget ${each}`} onClick={() => void mine.useFor(each, false)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
