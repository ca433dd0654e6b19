import type { Connection } from '../../core/model/connection';
import { formatDuration, formatExactTime } from '../text/formatTime';
import { Facts } from './Facts';

const PHASES = {
  blocked: 'Queued',
  dns: 'DNS lookup',
  connect: 'Connecting',
  ssl: 'TLS',
  send: 'Request sent',
  wait: 'Waiting',
  receive: 'Response',
} as const;

/** When a connection was made, opened and closed, and what the handshake's time went into. */
export function ConnectionTiming({ connection }: { connection: Connection }) {
  const { createdAt, openedAt, firstFrameAt, closedAt, handshake } = connection;
  const timings = handshake?.timings;
  const phases = Object.entries(PHASES).flatMap(([key, label]) => {
    const ms = timings?.[key as keyof typeof PHASES] ?? -1;
    // All that was before the request: Chromium does not tell it apart.
    const whole = key === 'connect' && timings?.blocked === -1 && timings.dns === -1 && timings.ssl === -1;
    return ms >= 0 ? [[whole ? 'Queued and connecting' : label, ms] as const] : [];
  });
  const most = Math.max(0.001, ...phases.map(([, ms]) => ms));
  return (
    <>
      <Facts
        facts={[
          ['Constructed', formatExactTime(createdAt)],
          ['Opened', openedAt === null ? '' : after(openedAt, createdAt)],
          ['First frame', firstFrameAt ? after(firstFrameAt, openedAt ?? createdAt) : ''],
          ['Closed', closedAt === null ? '' : formatExactTime(closedAt)],
          ['Was open for', openedAt !== null && closedAt !== null ? formatDuration(closedAt - openedAt) : ''],
        ]}
      />
      {phases.length > 0 && (
        <>
          <h2>Handshake</h2>
          <dl class="facts phases">
            {phases.map(([label, ms]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <span class="phase" style={{ width: `${(ms / most) * 50}%` }} /> {formatDuration(ms)}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

/** A time (ms since the epoch), and how long after another it was. */
const after = (time: number, before: number) => `${formatExactTime(time)} (after ${formatDuration(time - before)})`;
