import type { KindRow } from '../../../core/insight/kinds/kind-row';
import { type CellPainter, setText } from '../../grid/VirtualGrid';
import type { KindColumnId } from '../../state/insightColumns';
import type { Panel } from '../../state/panel';
import { formatBytes } from '../../text/formatBytes';
import { countOf, formatCount } from '../../text/formatCount';
import { formatClock } from '../../text/formatTime';
import { visibleLine } from '../../text/visibleText';
import { Empty } from '../EmptyFrames';
import { InsightProgressBar } from './InsightProgressBar';
import { paintSparkline } from './paintSparkline';
import { ReportGrid } from './ReportGrid';

const PAINT: Record<KindColumnId, CellPainter<KindRow>['paint']> = {
  direction: (cell, row) => setText(cell, row.direction === 'sent' ? 'Sent' : 'Received'),
  msgkind: (cell, row) => {
    setText(cell, kindText(row));
    cell.title = row.others ? 'Kinds beyond the first 500, together' : kindText(row);
  },
  count: (cell, row) => setText(cell, formatCount(row.frames)),
  rate: (cell, row) => setText(cell, row.rate === 0 ? '' : `${formatRate(row.rate)}/s`),
  size: (cell, row) => setText(cell, formatBytes(row.bytes)),
  last: (cell, row) => setText(cell, formatClock(row.last)),
  recent: (cell, row) => paintSparkline(cell, row.recent),
};

/** The kinds of messages of the selected connection, or of all. */
export function KindsView({ panel }: { panel: Panel }) {
  const { insight } = panel;
  const rows = insight.kinds.value;
  if (rows === null) return null;
  const messages = rows.reduce((sum, { frames }) => sum + frames, 0);
  return (
    <>
      <div class="insight-bar">
        <span>
          {countOf(rows.length, 'kind')} in {countOf(messages, 'message')}
        </span>
        <InsightProgressBar panel={panel} />
      </div>
      {rows.length === 0 && <Empty title="No messages yet" text="Kinds are listed as messages come." />}
      <ReportGrid
        panel={panel}
        label="Kinds"
        columns={panel.kindColumns}
        rows={rows}
        paint={PAINT}
        keyOf={keyOf}
        classOf={classOf}
        filterOf={filterOf}
      />
    </>
  );
}

const keyOf = (row: KindRow): string => `kind ${row.direction} ${row.others ? 'others' : row.kind}`;
const classOf = (row: KindRow): string => row.direction + (row.kind === '' ? ' quiet' : '');
const filterOf = (row: KindRow): string | null => row.filter;

function kindText(row: KindRow): string {
  if (row.others) return '(others)';
  return row.kind === '' ? '(no kind)' : visibleLine(row.kind).text;
}

/** Messages a second: whole from ten on. */
function formatRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : formatCount(rate);
}
