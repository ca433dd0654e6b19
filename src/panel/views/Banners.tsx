import type { ComponentChildren } from 'preact';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { formatMinute } from '../text/formatTime';
import { Icon } from './Icon';
import { JobProgress } from './JobProgress';

/** What the user must know about the whole log. */
export function Banners({ panel }: { panel: Panel }) {
  const { log, recording, storage } = panel;
  const state = recording.state.value;
  const session = log.session.value;
  const stored = storage.state.value;
  return (
    <>
      {session && (
        <Banner>
          <span>
            Read only: <b>{session.name || session.site || 'session'}</b>, {formatMinute(session.startedAt)}
          </span>
          <button
            type="button"
            onClick={() => {
              log.backToLive();
              panel.focusFrames.current();
            }}
          >
            Back to live
          </button>
        </Banner>
      )}
      {!session && state?.paused && (
        <Banner warning>
          <span>Framescope is paused on every site.</span>
          <button type="button" onClick={() => void recording.set({ paused: false })}>
            Resume
          </button>
        </Banner>
      )}
      {!session && state?.siteOff && !state.paused && (
        <Banner warning>
          <span>Framescope is off on {state.switchHost}.</span>
          <button type="button" onClick={() => void recording.setSiteDisabled(false)}>
            Switch on
          </button>
        </Banner>
      )}
      {!session && state?.needsReload && (
        <Banner warning>
          <span>This page was loaded before Framescope could see all of it.</span>
          <button type="button" onClick={() => void recording.reload()}>
            Reload to record from the start
          </button>
        </Banner>
      )}
      {stored?.problem && (
        <Banner warning>
          <span>
            Recording in memory only: {stored.problem}
            {stored.quotaBytes > 0 && ` (${formatBytes(stored.usedBytes)} of ${formatBytes(stored.quotaBytes)} used)`}
          </span>
          <button type="button" onClick={() => panel.sessions.show()}>
            Delete sessions
          </button>
        </Banner>
      )}
      <JobProgress jobs={panel.jobs} />
    </>
  );
}

function Banner({ warning, children }: { warning?: boolean; children: ComponentChildren }) {
  return (
    <div class={`banner${warning ? ' warning' : ''}`} role={warning ? 'alert' : 'status'}>
      {warning && <Icon name="warning" />}
      {children}
    </div>
  );
}
