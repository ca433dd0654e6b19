import { useEffect, useMemo } from 'preact/hooks';
import { lanesOf } from '../../../core/insight/timeline/lanes';
import type { Panel } from '../../state/panel';
import { createTimeline, type Timeline } from '../../state/timeline';
import { formatClock } from '../../text/formatTime';
import { Empty } from '../EmptyFrames';
import { momentText } from './timeline/momentText';
import './timeline/timeline.css';
import { TimelineChart } from './timeline/TimelineChart';
import { TimelineLanes } from './timeline/TimelineLanes';

/** How often what is new is asked for while the log grows, in ms. */
const REFRESH_MS = 500;

/** Messages a second and connections over time, of the selected connection or of all. */
export function TimelineView({ panel }: { panel: Panel }) {
  const timeline = useMemo(() => createTimeline(panel), [panel]);
  const { log, connection } = panel;
  const only = connection.value;
  const connections = log.connections.value;
  const drawn = only === null ? connections : connections.filter(({ id }) => id === only);
  const lanes = useMemo(() => lanesOf(drawn), [connections, only]);

  useEffect(() => {
    timeline.lanes.value = lanes;
  }, [timeline, lanes]);
  useEffect(() => {
    timeline.ask();
    let frames = log.counts.peek().frames;
    const timer = setInterval(() => {
      const now = log.counts.peek().frames;
      if (now !== frames) timeline.ask();
      frames = now;
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [timeline, log, log.id.value, log.emptied.value, only]);

  const report = timeline.report.value;
  if (!report) return null;
  if (report.sentFrames.length === 0 && lanes.length === 0)
    return <Empty title="Nothing over time yet" text="Messages a second are drawn as they come." />;
  return (
    <>
      <TimelineBar panel={panel} timeline={timeline} />
      <div class="timeline">
        <TimelineChart panel={panel} timeline={timeline} />
        <TimelineLanes panel={panel} timeline={timeline} lanes={lanes} />
      </div>
    </>
  );
}

function TimelineBar({ panel, timeline }: { panel: Panel; timeline: Timeline }) {
  const { unit, moment, brushed } = timeline;
  const range = brushed.value;
  return (
    <div class="insight-bar">
      {(['frames', 'bytes'] as const).map((each) => (
        <label key={each} class="check">
          <input
            type="radio"
            name="timeline-unit"
            checked={unit.value === each}
            onChange={() => {
              unit.value = each;
            }}
          />
          {each === 'frames' ? 'Frames' : 'Bytes'} a second
        </label>
      ))}
      <span role="status" aria-label="Moment" class="moment">
        {moment.value ? momentText(moment.value) : 'Drag over the chart to see only the frames of a while'}
      </span>
      <span class="spring" />
      {range && (
        <button type="button" class="link" onClick={() => panel.insightFilter.undo()}>
          {`Show all, not only ${formatClock(range.from)} to ${formatClock(range.to)}`}
        </button>
      )}
    </div>
  );
}
