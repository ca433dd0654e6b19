import { useEffect } from 'preact/hooks';
import type { Panel } from '../state/panel';
import { Banners } from './Banners';
import { Composer } from './Composer';
import { ConnectionsPane } from './ConnectionsPane';
import { DropTarget } from './DropTarget';
import { FilterBar } from './FilterBar';
import { FrameDetail } from './FrameDetail';
import { FramesPane } from './FramesPane';
import { Lazy } from './Lazy';
import { MenuView } from './MenuView';
import { NoticeList } from './NoticeList';
import { handlePanelKey } from './panelKeys';
import { Splitter } from './Splitter';
import { StatusBar } from './StatusBar';
import { Toolbar } from './Toolbar';

const loadSessions = () => import('./SessionsView').then((module) => module.SessionsView);

const loadCompare = () => import('./CompareView').then((module) => module.CompareView);
const loadInsight = () => import('./insight/InsightDrawer').then((module) => module.InsightDrawer);
const loadDialogs = () => import('./Dialogs').then((module) => module.Dialogs);

/** The whole panel. */
export function App({ panel }: { panel: Panel }) {
  useEffect(() => {
    // DevTools listens on the document for its own shortcuts (Ctrl+F, Escape): what is handled here must not reach it.
    const onKeyDown = (event: KeyboardEvent): void => {
      handlePanelKey(event, panel);
      keepFromDevtools(event);
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    document.body.addEventListener('keydown', keepFromDevtools);
    // What the first rows do not need comes once there is time.
    const idle = requestIdleCallback(() => void panel.filterTools.load().catch(panel.failed), { timeout: 5000 });
    return () => {
      removeEventListener('keydown', onKeyDown, { capture: true });
      document.body.removeEventListener('keydown', keepFromDevtools);
      cancelIdleCallback(idle);
    };
  }, [panel]);
  if (!panel.link.connected.value) {
    return (
      <main class="connecting">
        <p>Connecting…</p>
      </main>
    );
  }
  const asking = panel.marks.noting.value !== null || panel.layout.goToOpen.value || panel.savedFilters.naming.value;
  return (
    <>
      <main class="panel" aria-label="Framescope">
        <h1 class="off-screen">Framescope</h1>
        <Toolbar panel={panel} />
        <FilterBar panel={panel} />
        <Banners panel={panel} />
        {panel.sessions.open.value && <Lazy load={loadSessions} props={{ panel }} failed={panel.failed} />}
        <Workspace panel={panel} />
        {panel.insight.open.value && !panel.sessions.open.value && (
          <Lazy load={loadInsight} props={{ panel }} failed={panel.failed} />
        )}
        <StatusBar panel={panel} />
        <MenuView menu={panel.menu} />
      </main>
      <DropTarget panel={panel} />
      <NoticeList notices={panel.notices} />
      {asking && <Lazy load={loadDialogs} props={{ panel }} failed={panel.failed} />}
    </>
  );
}

function Workspace({ panel }: { panel: Panel }) {
  const { layout } = panel;
  const narrow = panel.environment.narrow.value;
  const right = layout.dock.value === 'right' && !narrow;
  return (
    <div class={narrow ? 'workspace narrow' : 'workspace'} hidden={panel.sessions.open.value}>
      {layout.showConnections.value && (
        <>
          <ConnectionsPane panel={panel} />
          <Splitter
            label="Size of the connections"
            axis={narrow ? 'y' : 'x'}
            size={narrow ? layout.connectionsHeight : layout.connectionsWidth}
            grows="after"
          />
        </>
      )}
      <div class="main-column">
        <div class={`frames-and-detail ${right ? 'right' : 'bottom'}`}>
          <FramesPane panel={panel} />
          {layout.detailOpen.value && panel.hasFrames.value && (
            <>
              <Splitter
                label="Size of the frame's detail"
                axis={right ? 'x' : 'y'}
                size={right ? layout.detailWidth : layout.detailHeight}
                grows="before"
              />
              {panel.compare.pair.value ? (
                <Lazy load={loadCompare} props={{ panel }} failed={panel.failed} />
              ) : (
                <FrameDetail panel={panel} />
              )}
            </>
          )}
        </div>
        {layout.showComposer.value && panel.log.live.value && <Composer panel={panel} />}
      </div>
    </div>
  );
}

function keepFromDevtools(event: KeyboardEvent): void {
  if (event.defaultPrevented) event.stopPropagation();
}
