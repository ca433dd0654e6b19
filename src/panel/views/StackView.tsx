import type { Panel } from '../state/panel';
import { parseStackLine } from '../text/parseStackLine';
import { VisibleText } from './VisibleText';

/** The calls of a stack; a click opens the line in Sources. */
export function StackView({ panel, stack }: { panel: Panel; stack: string | null }) {
  if (!stack) return <p class="hint">Which code did it is not known.</p>;
  return (
    <ol class="stack">
      {stack.split('\n').map((line, at) => (
        <li key={at}>
          <StackCall panel={panel} text={line} />
        </li>
      ))}
    </ol>
  );
}

function StackCall({ panel, text }: { panel: Panel; text: string }) {
  const call = parseStackLine(text);
  if (!call) return <VisibleText text={text.trim()} />;
  const { url, line, column } = call;
  return (
    <>
      <VisibleText text={call.name || '(anonymous)'} />{' '}
      <button
        type="button"
        class="link"
        title={`${url}:${line}:${column}`}
        onClick={() => {
          panel.link.recorder.call('openSource', { url, line, column }).catch(panel.failed);
        }}
      >
        {url.split('/').at(-1) || url}:{line}
      </button>
    </>
  );
}
