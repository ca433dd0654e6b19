import type { Panel } from '../state/panel';
import { exportMenu } from './exportMenu';
import { ImportButton } from './ImportButton';
import { settingsMenu } from './settingsMenu';
import { ToolButton } from './ToolButton';

/** The upper row: recording, keeping, files, sessions, settings. */
export function Toolbar({ panel }: { panel: Panel }) {
  const { recording, layout, menu } = panel;
  const state = recording.state.value;
  const isRecording = state?.recording ?? false;
  const live = panel.log.live.value;
  const open = menu.current.value?.label;
  return (
    <div class="toolbar" role="toolbar" aria-label="Recording">
      <ToolButton
        icon={isRecording ? 'recording' : 'record'}
        label="Record"
        title={isRecording ? 'Stop recording (Ctrl+E)' : 'Record (Ctrl+E)'}
        pressed={isRecording}
        disabled={!state}
        class={isRecording ? 'on-air' : ''}
        onClick={() => void recording.toggle()}
      />
      <ToolButton icon="clear" label="Clear" title="Clear (Ctrl+K)" disabled={!live} onClick={panel.clear} />
      <span class="divider" />
      <label class="check" title="Keep what was recorded when the page is left or reloaded">
        <input
          type="checkbox"
          checked={state?.keepLog ?? false}
          disabled={!state}
          onChange={(event) => void recording.set({ keepLog: event.currentTarget.checked })}
        />
        Keep log
      </label>
      <span class="divider" />
      <ImportButton panel={panel} />
      <ToolButton
        icon="export"
        label="Export"
        expanded={open === 'Export'}
        onClick={(event) => menu.open(() => exportMenu(panel), event.currentTarget as HTMLElement, 'Export')}
      />
      <ToolButton
        icon="sessions"
        label="Sessions"
        text="Sessions"
        title="Earlier sessions"
        pressed={panel.sessions.open.value}
        onClick={panel.sessions.toggle}
      />
      <span class="spring" />
      <ToolButton
        icon="insight"
        label="Insight"
        title="Insight: kinds, pairs, timeline, health"
        pressed={panel.insight.open.value}
        onClick={panel.insight.toggle}
      />
      <ToolButton
        icon="sidebar"
        label="Show connections"
        pressed={layout.showConnections.value}
        onClick={() => {
          layout.showConnections.value = !layout.showConnections.peek();
        }}
      />
      <ToolButton
        icon="compose"
        label="Show composer"
        pressed={layout.showComposer.value}
        onClick={() => {
          layout.showComposer.value = !layout.showComposer.peek();
        }}
      />
      <ToolButton
        icon="settings"
        label="Settings"
        expanded={open === 'Settings'}
        onClick={(event) => menu.open(() => settingsMenu(panel), event.currentTarget as HTMLElement, 'Settings')}
      />
    </div>
  );
}
