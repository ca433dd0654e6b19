import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TimelineReport } from '../../../../core/insight/timeline/timeline-calls';
import type { Timeline } from '../../../state/timeline';
import { formatBytes } from '../../../text/formatBytes';
import { formatCount } from '../../../text/formatCount';
import { formatClock } from '../../../text/formatTime';
import { onThemeChange, themeColor } from './themeColors';

/** Widths in CSS pixels of what stands left and right of the chart; the lines of connections keep clear of it too. */
export const LEFT = 62;
export const RIGHT = 10;
/** A drag shorter than this, in CSS pixels, is a click. */
const LEAST_DRAG = 3;

interface Range {
  from: number;
  to: number;
}

/** The chart itself, in `host`, as large as it. */
export function createChart(host: HTMLElement, timeline: Timeline, failed: (error: unknown) => void) {
  let unit: 'frames' | 'bytes' = 'frames';
  let domain: Range = { from: 0, to: 1 };
  let selected: Range | null = null;
  /** The bucket that is pointed at. */
  let pointed: number | null = null;
  const color = (name: string, opacity?: number) => () => themeColor(host, name, opacity);
  const axis = { stroke: color('--text-quiet'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
  const font = '10px system-ui, sans-serif';

  const plot = new uPlot(
    {
      ...sizeOf(host),
      ms: 1,
      padding: [6, RIGHT, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG }, points: { show: false }, y: false },
      scales: {
        x: { range: () => [domain.from, domain.to] },
        y: { range: (_, _min, max) => [0, Math.max(1, max * 1.08)] },
      },
      axes: [
        {
          ...axis,
          font,
          size: 22,
          space: 80,
          values: (_, times, _axis, _space, step) =>
            times.map((time) => (step < 1000 ? formatClock(time) : formatClock(time).slice(0, 8))),
        },
        {
          ...axis,
          font,
          size: LEFT,
          space: 24,
          values: (_, values) => values.map((value) => (unit === 'frames' ? formatCount(value) : formatBytes(value))),
        },
      ],
      series: [
        {},
        {
          label: 'Received',
          stroke: color('--received'),
          fill: color('--received', 0.12),
          width: 1,
          points: { show: false },
        },
        { label: 'Sent', stroke: color('--sent'), fill: color('--sent', 0.12), width: 1, points: { show: false } },
      ],
      hooks: {
        setSelect: [
          ({ select, posToVal }) => {
            if (select.width < LEAST_DRAG) return;
            const range = { from: posToVal(select.left, 'x'), to: posToVal(select.left + select.width, 'x') };
            timeline.brush(range.from, range.to).catch(failed);
          },
        ],
        setCursor: [
          ({ cursor, over }) => {
            // Told at every drawing too, of a place in pixels: without the mouse that is not where the moment is.
            if (over.matches(':hover')) timeline.at.value = cursor.idx ?? null;
          },
        ],
      },
    },
    [[], [], []],
    host,
  );

  let pressedAt = 0;
  plot.over.addEventListener('mousedown', (event) => {
    pressedAt = event.clientX;
  });
  plot.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - pressedAt) < LEAST_DRAG) void timeline.goTo(plot.posToVal(plot.cursor.left ?? 0, 'x'));
  });

  /** Draws the range that the list is filtered by, wherever it stands now. */
  function showSelected(): void {
    const [left, right] = selected ? [plot.valToPos(selected.from, 'x'), plot.valToPos(selected.to, 'x')] : [0, 0];
    plot.setSelect({ left, width: Math.max(0, right - left), top: 0, height: plot.over.clientHeight }, false);
  }

  plot.over.addEventListener('mouseleave', () => {
    timeline.at.value = null;
  });

  /** Points at the bucket, as the mouse would. */
  function showPointed(): void {
    if (pointed === null || plot.cursor.idx === pointed) return;
    plot.setCursor({ left: plot.valToPos(plot.data[0][pointed] ?? 0, 'x'), top: 1 }, false);
  }

  /** Changes and draws at once, then puts what is shown in front of it where it belongs now. */
  function redraw(change: () => void): void {
    plot.batch(change);
    showSelected();
    showPointed();
  }

  const resized = new ResizeObserver(() => redraw(() => plot.setSize(sizeOf(host))));
  resized.observe(host);
  const stopTheme = onThemeChange(() => plot.redraw(false, true));

  return {
    draw(report: TimelineReport, nextUnit: 'frames' | 'bytes', nextDomain: Range): void {
      unit = nextUnit;
      domain = nextDomain;
      const { start, width } = report;
      const frames = unit === 'frames';
      const rate = (sums: readonly number[]): number[] => sums.map((sum) => (sum * 1000) / width);
      redraw(() =>
        plot.setData([
          report.sentFrames.map((_, index) => start + index * width),
          rate(frames ? report.receivedFrames : report.receivedBytes),
          rate(frames ? report.sentFrames : report.sentBytes),
        ]),
      );
    },
    select(range: Range | null): void {
      selected = range;
      showSelected();
    },
    point(index: number | null): void {
      pointed = index;
      showPointed();
    },
    dispose(): void {
      resized.disconnect();
      stopTheme();
      plot.destroy();
    },
  };
}

function sizeOf(host: HTMLElement): { width: number; height: number } {
  return { width: Math.max(120, host.clientWidth), height: Math.max(60, host.clientHeight) };
}
