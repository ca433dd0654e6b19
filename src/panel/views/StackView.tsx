import type { Panel } from '../state/panel';
import { parseStackLine } from '../text/parseStackLine';
import { VisibleText } from './VisibleText';

/** The calls of a stack; a click opens the line in Sources, or copies its place where the browser lets nobody open it. */
export function StackView({ panel, stack }: { panel: Panel; stack: string | null }) {
  if (!stack) return <p class="hint">Which code did it is not known.</p>;
  return (
    <>
      {!opensSource(panel) && (
        <p class="hint">This browser lets no extension open a source: a click copies the place.</p>
      )}
      <ol class="stack">
        {stack.split('\n').map((line, at) => (
          <li key={at}>
            <StackCall panel={panel} text={line} />
          </li>
        ))}
      </ol>
    </>
  );
}

const opensSource = (panel: Panel) => panel.recording.state.value?.opensSource ?? true;

function StackCall({ panel, text }: { panel: Panel; text: string }) {
  const call = parseStackLine(text);
  if (!call) return <VisibleText text={text.trim()} />;
  const { url, line, column } = call;
  const place = `${url}:${line}:${column}`;
  return (
    <>
      <VisibleText text={call.name || '(anonymous)'} />{' '}
      <button
        type="button"
        class="link"
        title={place}
        onClick={() => {
          if (opensSource(panel)) panel.link.recorder.call('openSource', { url, line, column }).catch(panel.failed);
          else void panel.copy.text(place);
        }}
      >
        {url.split('/').at(-1) || url}:{line}
      </button>
    </>
  );
}
