import type { Finding } from '../../../core/insight/health/detector';
import type { Panel } from '../../state/panel';
import { countOf, formatCount } from '../../text/formatCount';
import { VisibleText } from '../VisibleText';
import { InsightProgressBar } from './InsightProgressBar';
import './health.css';

const SEVERITIES: Record<Finding['severity'], string> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** What is wrong, or worth knowing, of the selected connection or of all. */
export function HealthView({ panel }: { panel: Panel }) {
  const report = panel.health.report.value;
  if (!report) return null;
  const findings = panel.health.findingsOf(panel.connection.value);
  return (
    <>
      <div class="insight-bar">
        <span role="status" aria-label="Health">
          {findings.length === 0 ? 'Nothing found' : countOf(findings.length, 'finding')} in{' '}
          {formatCount(report.scanned)} of {countOf(report.total, 'frame')}
        </span>
        <InsightProgressBar panel={panel} />
      </div>
      <div class="health" tabIndex={0} role="list" aria-label="Findings">
        {findings.map((finding) => (
          <FindingItem key={finding.id} panel={panel} finding={finding} />
        ))}
        {findings.length === 0 && (
          <p class="hint">
            Looked for: closes and handshakes that went wrong, clients that reconnect again and again, requests without
            a reply, sequence numbers that miss or double messages, missed heartbeats, silences, messages that wait long
            to be sent, very large messages, and repetitive text without compression.
          </p>
        )}
      </div>
    </>
  );
}

function FindingItem({ panel, finding }: { panel: Panel; finding: Finding }) {
  const { id, severity, title, detail, filter, frames } = finding;
  const key = `health ${id}`;
  const active = panel.insightFilter.active.value === key;
  return (
    <div class={`finding ${severity}`} role="listitem">
      <span class="severity">{SEVERITIES[severity]}</span>
      <div>
        <p class="finding-title">
          <VisibleText text={title} />
          {finding.connections.length === 1 && panel.connection.value === null && (
            <span class="finding-of">
              <VisibleText text={panel.connectionName(finding.connections[0])} />
            </span>
          )}
        </p>
        <p class="finding-detail">
          {detail}{' '}
          {filter !== null && (
            <button
              type="button"
              class="link"
              aria-pressed={active}
              onClick={() => void panel.insightFilter.toggle(key, filter)}
            >
              {active ? 'Show all again' : 'Show its frames'}
            </button>
          )}
          {frames.map((frame) => (
            <button key={frame} type="button" class="link" onClick={() => void panel.goToFrame(frame)}>
              {`Frame ${frame + 1}`}
            </button>
          ))}
        </p>
      </div>
    </div>
  );
}
