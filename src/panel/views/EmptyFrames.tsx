import type { ComponentChildren } from 'preact';
import type { RecorderState } from '../../core/messages/recorder';
import type { Panel } from '../state/panel';
import { countOf } from '../text/formatCount';

/** Why there are no rows, and what to do about it. */
export function EmptyFrames({ panel }: { panel: Panel }) {
  const { filter, log, recording } = panel;
  const state = recording.state.value;
  if (log.counts.value.frames > 0 && panel.frames.state.value.scanned < panel.frames.state.value.total) {
    return <Empty title="Searching…" />;
  }
  if (log.counts.value.frames > 0 && filter.active.value) {
    return (
      <Empty title="No frame matches the filter" text={`${countOf(log.counts.value.frames, 'frame')} hidden.`}>
        <button type="button" onClick={filter.clear}>
          Clear filter
        </button>
      </Empty>
    );
  }
  if (panel.connection.value !== null) {
    return (
      <Empty title="No frames on this connection yet">
        <button type="button" onClick={() => panel.selectConnection(null)}>
          Show all connections
        </button>
      </Empty>
    );
  }
  if (!log.live.value) return <Empty title="This session has no frames" />;
  if (state?.paused) {
    return (
      <Empty title="Framescope is paused" text="Nothing is recorded on any site.">
        <button type="button" onClick={() => void recording.set({ paused: false })}>
          Resume
        </button>
      </Empty>
    );
  }
  if (state?.siteOff) {
    return (
      <Empty
        title={`Framescope is off on ${state.switchHost}`}
        text="Its pages are left untouched. Reload after switching on."
      >
        <button type="button" onClick={() => void recording.setSiteDisabled(false)}>
          Switch on
        </button>
      </Empty>
    );
  }
  if (state && !state.recording) {
    return (
      <Empty title="Recording is off" text="Nothing is kept of what the page sends and receives.">
        <button type="button" onClick={() => void recording.set({ recording: true })}>
          Start recording
        </button>
      </Empty>
    );
  }
  return <Waiting panel={panel} />;
}

function Waiting({ panel }: { panel: Panel }) {
  const state = panel.recording.state.value;
  const [title, text] = waitingFor(state);
  return (
    <Empty title={title} text={text}>
      <button type="button" onClick={() => void panel.recording.reload()}>
        {state?.needsReload ? 'Reload to record from the start' : 'Reload the page'}
      </button>
      {state && state.unseen.length > 0 && (
        <p class="unseen">This browser gives no way to see: {state.unseen.join(', ')}.</p>
      )}
    </Empty>
  );
}

function waitingFor(state: RecorderState | null): [title: string, text: string] {
  const title = 'No WebSocket traffic yet';
  if (state === null || state.documents === null) return [title, 'The page has not answered yet.'];
  if (state.needsReload) return [title, 'This page was loaded before Framescope could see it.'];
  if (state.documents > 0) return [title, 'Frames appear here as soon as the page sends or receives one.'];
  if (state.access) return [title, 'There is no page here that can be recorded.'];
  const how = 'Allow Framescope on this site in the browser’s settings for extensions, then reload the page.';
  return ['No access to this page', how];
}

interface EmptyProps {
  title: string;
  text?: string;
  children?: ComponentChildren;
}

export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}
