import { useEffect, useState } from 'preact/hooks';
import type { Panel } from '../state/panel';

/** Takes files that are dropped anywhere on the panel. */
export function DropTarget({ panel }: { panel: Panel }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    document.addEventListener('dragleave', (event) => !event.relatedTarget && setOver(false), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        void panel.importFile(file);
      },
      { signal },
    );
    return () => end.abort();
  }, [panel]);
  return over ? <div class="drop-target">Drop a HAR or NDJSON file to open it as a session</div> : null;
}
