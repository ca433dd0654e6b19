import type { Panel } from '../../state/panel';
import { countOf, formatCount } from '../../text/formatCount';

/** A live log is always a little ahead: fewer frames than this are not worth a word. */
const BEHIND = 2000;

/** How far the log was read, what could not be, and why reading stopped. Nothing, when all is read. */
export function InsightProgressBar({ panel }: { panel: Panel }) {
  const progress = panel.insight.progress.value;
  if (progress === null) return null;
  const { scanned, total, unread, stopped } = progress;
  const share = total === 0 ? 1 : scanned / total;
  const behind = total - scanned > BEHIND;
  return (
    <>
      {stopped !== null && (
        <span class="problem" role="alert">
          Stopped: {stopped}
        </span>
      )}
      {behind && (
        <>
          <div
            class="progress"
            role="progressbar"
            aria-label="Reading the log"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor(share * 100)}
          >
            <div class="bar" style={{ width: `${share * 100}%` }} />
          </div>
          <span>{formatCount(scanned)} read</span>
        </>
      )}
      {unread > 0 && (
        <span title="Too large to be read here (above 4 MB), or their payload is gone. They are counted without a kind.">
          {countOf(unread, 'message')} not read
        </span>
      )}
    </>
  );
}
