import { useEffect, useState } from 'preact/hooks';
import type { ShownFrame } from '../state/detail';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';

/** A payload that is a picture. */
export function ImageView({ panel, shown, type }: { panel: Panel; shown: ShownFrame; type: string }) {
  const [url, setUrl] = useState('');
  const [size, setSize] = useState('');
  useEffect(() => {
    let made = '';
    let gone = false;
    panel.payloads.whole(shown.log, shown.frame).then(({ bytes }) => {
      if (gone) return;
      made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      setUrl(made);
    }, panel.failed);
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [panel, shown, type]);
  return (
    <figure class="image-view">
      {url && (
        <img
          src={url}
          alt="The payload, drawn"
          onLoad={(event) => setSize(`${event.currentTarget.naturalWidth} × ${event.currentTarget.naturalHeight}`)}
          onError={() => setSize('The browser cannot draw it')}
        />
      )}
      <figcaption>{[type, size, formatBytes(shown.total)].filter(Boolean).join(' · ')}</figcaption>
    </figure>
  );
}
