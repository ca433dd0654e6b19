import type { GroupRow, PairRow } from '../../../core/insight/pairs/pair-row';
import { type CellPainter, setText } from '../../grid/VirtualGrid';
import type { GroupColumnId, PairColumnId } from '../../state/insightColumns';
import type { Panel } from '../../state/panel';
import { countOf, formatCount } from '../../text/formatCount';
import { formatClock, formatDuration } from '../../text/formatTime';
import { visibleLine } from '../../text/visibleText';
import { Empty } from '../EmptyFrames';
import { InsightProgressBar } from './InsightProgressBar';
import { PairField } from './PairField';
import { ReportGrid } from './ReportGrid';

const duration =
  (of: (row: PairRow) => number | null): CellPainter<PairRow>['paint'] =>
  (cell, row) => {
    const ms = of(row);
    setText(cell, ms === null ? '' : formatDuration(ms));
  };
const count =
  (of: (row: PairRow) => number): CellPainter<PairRow>['paint'] =>
  (cell, row) =>
    setText(cell, of(row) === 0 ? '' : formatCount(of(row)));

const PAIRS: Record<PairColumnId, CellPainter<PairRow>['paint']> = {
  msgkind: (cell, row) => {
    const text = row.others ? '(others)' : row.kind === '' ? '(no kind)' : visibleLine(row.kind).text;
    setText(cell, text);
    cell.title = text;
  },
  count: count((row) => row.requests),
  answered: count((row) => row.answered),
  unanswered: count((row) => row.unanswered),
  errors: count((row) => row.errors),
  p50: duration((row) => row.p50),
  p95: duration((row) => row.p95),
  p99: duration((row) => row.p99),
  longest: duration((row) => row.max),
};

const STATES: Record<GroupRow['state'], string> = { asked: 'asked', open: 'open', failed: 'failed', ended: 'ended' };

const GROUPS: Record<GroupColumnId, CellPainter<GroupRow>['paint']> = {
  msgkind: (cell, row) => {
    const text = visibleLine(row.kind).text;
    setText(cell, row.frame === null ? `${text} (begun earlier)` : text);
    cell.title = `${text}, id ${row.id}`;
  },
  connection: (cell, row) => setText(cell, `#${row.connection}`),
  groupstate: (cell, row) => setText(cell, STATES[row.state]),
  events: (cell, row) => setText(cell, row.events === 0 ? '' : formatCount(row.events)),
  first: (cell, row) => setText(cell, formatClock(row.first)),
  last: (cell, row) => setText(cell, formatClock(row.last)),
};

/** Requests with their replies, and subscriptions, of the selected connection or of all. */
export function PairsView({ panel }: { panel: Panel }) {
  const report = panel.insight.pairs.value;
  if (report === null) return null;
  const { rows, groups, forgotten, groupsDropped } = report;
  const unanswered = rows.reduce((sum, row) => sum + row.unanswered, 0);
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  return (
    <>
      <div class="insight-bar">
        <span>{countOf(requests, 'request')}</span>
        {unanswered > 0 && <span class="flagged">{formatCount(unanswered)} unanswered</span>}
        {forgotten > 0 && (
          <span title="Too many requests were open at once: replies to the oldest are not found any more">
            {formatCount(forgotten)} given up
          </span>
        )}
        {groupsDropped > 0 && <span>{countOf(groupsDropped, 'earlier subscription')} not listed</span>}
        <InsightProgressBar panel={panel} />
        <span class="spring" />
        <PairField panel={panel} />
      </div>
      {rows.length + groups.length === 0 ? (
        <Empty
          title="No requests found"
          text="Replies are found by the ids of the protocol, or by a field that you name above."
        />
      ) : (
        <div class="insight-grids">
          <ReportGrid
            panel={panel}
            label="Pairs"
            columns={panel.pairColumns}
            rows={rows}
            paint={PAIRS}
            keyOf={keyOfPair}
            classOf={classOfPair}
            filterOf={filterOf}
          />
          {groups.length > 0 && (
            <ReportGrid
              panel={panel}
              label="Subscriptions"
              columns={panel.groupColumns}
              rows={groups}
              paint={GROUPS}
              keyOf={keyOfGroup}
              classOf={classOfGroup}
              filterOf={filterOf}
            />
          )}
        </div>
      )}
    </>
  );
}

const keyOfPair = (row: PairRow): string => `pair ${row.others ? 'others' : row.kind}`;
const classOfPair = (row: PairRow): string =>
  `${row.unanswered > 0 ? 'unanswered' : ''}${row.errors > 0 ? ' with-errors' : ''}`;
const keyOfGroup = (row: GroupRow): string => `group ${row.connection} ${row.first} ${row.id}`;
const classOfGroup = (row: GroupRow): string => `group-${row.state}`;
const filterOf = (row: PairRow | GroupRow): string | null => row.filter;
