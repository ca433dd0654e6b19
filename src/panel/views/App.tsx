import { useEffect } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { Banners } from './Banners';
import { Composer } from './Composer';
import { ConnectionsPane } from './ConnectionsPane';
import { FilterBar } from './FilterBar';
import { FrameDetail } from './FrameDetail';
import { FramesPane } from './FramesPane';
import { MenuView } from './MenuView';
import { NoteDialog } from './NoteDialog';
import { NoticeList } from './NoticeList';
import { handlePanelKey } from './panelKeys';
import { Splitter } from './Splitter';
import { StatusBar } from './StatusBar';
import { Toolbar } from './Toolbar';

/** The whole panel. */
export function App({ panel }: { panel: Panel }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => handlePanelKey(event, panel);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [panel]);
  if (!panel.link.connected.value) {
    return (
      <main class="connecting">
        <p>Connecting…</p>
      </main>
    );
  }
  return (
    <>
      <main class="panel" aria-label="Framescope">
        <Toolbar panel={panel} />
        <FilterBar panel={panel} />
        <Banners panel={panel} />
        <Workspace panel={panel} />
        <StatusBar panel={panel} />
      </main>
      <NoticeList notices={panel.notices} />
      <MenuView menu={panel.menu} />
      <NoteDialog marks={panel.marks} />
    </>
  );
}

function Workspace({ panel }: { panel: Panel }) {
  const { layout } = panel;
  const right = layout.dock.value === 'right';
  return (
    <div class="workspace">
      {layout.showConnections.value && (
        <>
          <ConnectionsPane panel={panel} />
          <Splitter label="Width of the connections" axis="x" size={layout.connectionsWidth} grows="after" />
        </>
      )}
      <div class="main-column">
        <div class={`frames-and-detail ${layout.dock.value}`}>
          <FramesPane panel={panel} />
          {layout.detailOpen.value && (
            <>
              <Splitter
                label="Size of the frame's detail"
                axis={right ? 'x' : 'y'}
                size={right ? layout.detailWidth : layout.detailHeight}
                grows="before"
              />
              <FrameDetail panel={panel} />
            </>
          )}
        </div>
        {layout.showComposer.value && panel.log.live.value && <Composer panel={panel} />}
      </div>
    </div>
  );
}
