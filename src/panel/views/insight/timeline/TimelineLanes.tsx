import type { Lane, Span } from '../../../../core/insight/timeline/lanes';
import type { Activity } from '../../../../core/insight/timeline/timeline-calls';
import type { Panel } from '../../../state/panel';
import type { Timeline } from '../../../state/timeline';
import { countOf } from '../../../text/formatCount';
import { formatClock, formatDuration } from '../../../text/formatTime';
import { shortUrl } from '../../../text/shortUrl';
import { LEFT, RIGHT } from './createChart';

const MOST_LANES = 100;

const ENDS: Record<Span['end'], string> = { open: 'open', closed: 'closed', broken: 'broken off', failed: 'failed' };

/** Each connection as a bar from its beginning to its end, darker where it says something. */
export function TimelineLanes({
  panel,
  timeline,
  lanes,
}: {
  panel: Panel;
  timeline: Timeline;
  lanes: readonly Lane[];
}) {
  const { from, to } = timeline.domain.value;
  const activity = new Map(timeline.report.value?.activity.map((each) => [each.connection, each]));
  const place = (time: number): number => ((Math.min(to, Math.max(from, time)) - from) / (to - from)) * 100;
  const rest = lanes.length - MOST_LANES;
  return (
    <div
      class="timeline-lanes"
      role="list"
      aria-label="Connections over time"
      style={{ padding: `0 ${RIGHT}px 0 ${LEFT}px` }}
    >
      {lanes.slice(0, MOST_LANES).map((lane, at) => (
        <div key={at} class="timeline-lane" role="listitem">
          {lane.spans.map((span) => {
            const left = place(span.from);
            const right = place(span.to ?? to);
            const said = activity.get(span.connection);
            const text = spanText(lane, span);
            return (
              <button
                key={span.connection}
                type="button"
                class={`timeline-span ${span.end}`}
                style={{ left: `${left}%`, width: `max(3px, ${right - left}%)` }}
                aria-label={text}
                title={text}
                onClick={() => panel.selectConnection(span.connection)}
              >
                {said && <ActivityMarks activity={said} from={span.from} to={Math.max(span.to ?? to, span.from + 1)} />}
              </button>
            );
          })}
          <span class="timeline-name" aria-hidden="true">
            {shortUrl(lane.url)}
          </span>
        </div>
      ))}
      {rest > 0 && <p class="hint">{countOf(rest, 'line')} more: select a connection to see it alone</p>}
    </div>
  );
}

function spanText({ url }: Lane, { connection, from, to, end, code }: Span): string {
  const until =
    to === null ? 'still open' : `${ENDS[end]}${code === null ? '' : ` ${code}`} after ${formatDuration(to - from)}`;
  return `#${connection} ${shortUrl(url)}: opened ${formatClock(from)}, ${until}`;
}

/** Where a connection said something; what lies between is silence. */
function ActivityMarks({ activity, from, to }: { activity: Activity; from: number; to: number }) {
  const { start, width, frames } = activity;
  let path = '';
  for (let at = 0; at < frames.length; at++) {
    if (frames[at] === 0) continue;
    const first = at;
    while (frames[at + 1] > 0) at++;
    const left = ((start + first * width - from) / (to - from)) * 1000;
    const right = ((start + (at + 1) * width - from) / (to - from)) * 1000;
    path += `M${left.toFixed(1)} 0H${Math.max(right, left + 1).toFixed(1)}V1H${left.toFixed(1)}Z`;
  }
  return (
    <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
