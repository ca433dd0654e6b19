import { useMemo } from 'preact/hooks';
import type { ComparedFrame } from '../state/compare';
import type { Panel } from '../state/panel';
import { diffLines } from '../text/diffLines';
import { formatBytes } from '../text/formatBytes';
import { formatClock, formatDuration } from '../text/formatTime';
import { visibleLine } from '../text/visibleText';
import { ToolButton } from './ToolButton';
import { VisibleText } from './VisibleText';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
/** Unchanged lines that are shown around a change. */
const AROUND = 3;

/** What changed from one frame to another. */
export function CompareView({ panel }: { panel: Panel }) {
  const pair = panel.compare.pair.value;
  const runs = useMemo(() => (pair ? diffLines(pair[0].lines, pair[1].lines) : []), [pair]);
  if (!pair) return null;
  const [before, after] = pair;
  const close = (): void => {
    panel.compare.close();
    panel.focusFrames.current();
  };
  const { layout } = panel;
  const right = layout.dock.value === 'right' && !panel.environment.narrow.value;
  const size = right ? { width: `${layout.detailWidth.value}px` } : { height: `${layout.detailHeight.value}px` };
  const equal = runs.every((run) => run.type === 'same');
  return (
    <section class="frame-detail detail compare" aria-label="Compare" style={size}>
      <div class="tab-bar">
        <p class="summary">
          <span>{nameOf(before)}</span>
          <span>→ {nameOf(after)}</span>
          <span>{formatDuration(after.row.time - before.row.time)} apart</span>
          {before.cut + after.cut > 0 && <span>{formatBytes(before.cut + after.cut)} not compared</span>}
        </p>
        <span class="spring" />
        <ToolButton icon="close" label="Close the comparison" onClick={close} />
      </div>
      <div class="diff" tabIndex={0} role="region" aria-label="Differences">
        {equal && <p class="hint">They are the same.</p>}
        {runs.map((run, at) => (
          <div key={at} class={`diff-run ${run.type}`}>
            {shownOf(run.type, run.lines, at === 0, at === runs.length - 1).map((line, place) => (
              <div key={place} class="diff-line">
                <span class="sign">{line === null ? '⋯' : SIGNS[run.type]}</span>
                {line !== null && <VisibleText text={line} />}
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Long stretches without a change are shown by their ends; `null` stands for what is left out. */
function shownOf(type: string, lines: string[], first: boolean, last: boolean): (string | null)[] {
  if (type !== 'same' || lines.length <= AROUND * 2 + 1) return lines;
  const head = first ? [] : lines.slice(0, AROUND);
  const tail = last ? [] : lines.slice(-AROUND);
  return [...head, null, ...tail];
}

function nameOf({ row }: ComparedFrame): string {
  return `${formatClock(row.time)} ${visibleLine(row.messageKind || row.kind).text}`;
}
