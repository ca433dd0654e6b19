import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Panel } from '../../../state/panel';
import type { Timeline } from '../../../state/timeline';
import { createChart } from './createChart';
import { momentText } from './momentText';

/** The chart of messages a second. Dragging over it filters the list, a click goes to the first frame of a moment. */
export function TimelineChart({ panel, timeline }: { panel: Panel; timeline: Timeline }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof createChart> | null>(null);
  /** Where a range that is chosen by keys began. */
  const pivot = useRef<number | null>(null);

  useEffect(() => {
    const made = createChart(host.current!, timeline, (error) => panel.failed(error));
    chart.current = made;
    const stops = [
      effect(() => {
        const { report, unit, domain, brushed } = timeline;
        if (report.value) made.draw(report.value, unit.value, domain.value);
        made.select(brushed.value);
      }),
      effect(() => made.point(timeline.at.value)),
    ];
    return () => {
      for (const stop of stops) stop();
      made.dispose();
    };
  }, [panel, timeline]);

  function onKeyDown(event: KeyboardEvent): void {
    const all = timeline.report.peek();
    if (!all || all.sentFrames.length === 0) return;
    const last = all.sentFrames.length - 1;
    const now = timeline.at.peek() ?? last;
    const timeOf = (index: number): number => all.start + index * all.width;
    const moves: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      PageUp: now - 20,
      PageDown: now + 20,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      if (!event.shiftKey) pivot.current = null;
      else pivot.current ??= now;
      timeline.at.value = Math.max(0, Math.min(last, to));
      if (pivot.current !== null) {
        const [from, end] = [pivot.current, timeline.at.value].sort((a, b) => a - b);
        chart.current?.select({ from: timeOf(from), to: timeOf(end + 1) });
      }
    } else if (event.key === 'Enter' && pivot.current !== null) {
      const [from, end] = [pivot.current, now].sort((a, b) => a - b);
      pivot.current = null;
      void timeline.brush(timeOf(from), timeOf(end + 1));
    } else if (event.key === 'Enter') void timeline.goTo(timeOf(now));
    else if (event.key === 'Escape' && timeline.brushed.peek()) panel.insightFilter.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const moment = timeline.moment.value;
  const size = timeline.report.value?.sentFrames.length ?? 0;
  return (
    <div
      ref={host}
      class="timeline-chart"
      role="slider"
      tabIndex={0}
      aria-label="Messages over time"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, size - 1)}
      aria-valuenow={timeline.at.value ?? Math.max(0, size - 1)}
      aria-valuetext={moment ? momentText(moment) : 'No moment chosen'}
      title="Arrow keys go from moment to moment, Enter goes to its first frame; with Shift they choose a range, and Enter filters by it"
      onKeyDown={onKeyDown}
    />
  );
}
