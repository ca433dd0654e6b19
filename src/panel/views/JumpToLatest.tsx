import type { Panel } from '../state/panel';
import { formatCount } from '../text/formatCount';

/** The way back to the tail, while the list stands still. */
export function JumpToLatest({ panel }: { panel: Panel }) {
  const { frames } = panel;
  if (!frames.followable.value || frames.following.value || !panel.log.live.value) return null;
  const descending = panel.sort.value.descending;
  if (!descending && panel.atEnd.value) return null;
  const unseen = frames.unseen.value;
  return (
    <button type="button" class="jump" onClick={() => frames.follow(true)}>
      Jump to latest{unseen > 0 && ` (${formatCount(unseen)} new)`}
    </button>
  );
}
