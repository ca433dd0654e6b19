import type { Panel } from '../state/panel';
import { EmptyFrames } from './EmptyFrames';
import { FindBar } from './FindBar';
import { FramesGrid } from './FramesGrid';

/** The list of frames, or what to do while there are none. */
export function FramesPane({ panel }: { panel: Panel }) {
  const empty = panel.frames.state.value.rows === 0;
  return (
    <div class="frames-pane">
      <FindBar panel={panel} />
      <FramesGrid panel={panel} />
      {empty && <EmptyFrames panel={panel} />}
    </div>
  );
}
