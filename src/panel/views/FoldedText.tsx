import { useMemo, useState } from 'preact/hooks';
import { foldLines } from '../text/foldLines';
import { countOf } from '../text/formatCount';
import { VisibleText } from './VisibleText';

/** Laid out JSON of which objects and lists can be folded. */
export function FoldedText({ pretty }: { pretty: string }) {
  const lines = useMemo(() => foldLines(pretty), [pretty]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const toggle = (at: number): void => {
    const next = new Set(folded);
    if (!next.delete(at)) next.add(at);
    setFolded(next);
  };
  const drawn: preact.ComponentChild[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { text, end } = lines[at];
    const shut = folded.has(at);
    drawn.push(
      <div key={at} class="fold-line">
        {end > at && (
          <button
            type="button"
            class={`twist ${shut ? 'shut' : 'open'}`}
            aria-expanded={!shut}
            aria-label={`Line ${at + 1}`}
            onClick={() => toggle(at)}
          />
        )}
        <VisibleText text={text} />
        {shut && (
          <>
            <span class="tree-note"> {countOf(end - at - 1, 'line')} </span>
            <VisibleText text={lines[end].text.trim()} />
          </>
        )}
      </div>,
    );
    if (shut) at = end;
  }
  return <div class="payload-text folded">{drawn}</div>;
}
