import type { Decoder } from '../types';
import { decodeAll } from './decode-all';
import type { Recording } from './record-server';

/** Most kinds that a row of the table names. */
const KINDS = 6;

/**
 * The table of `docs/decoders.md`, in Markdown: for each decoder on which traffic it is tested, and what is seen in it:
 * kinds, pairs, heartbeats.
 *
 * @param versions versions of the packages that a recording may name, by package
 */
export function decoderTable(
  decoders: readonly Decoder[],
  corpus: Recording[],
  versions: Record<string, string>,
): string {
  const rows = decoders.toSorted(byLayerAndLabel).map((decoder) => {
    const recordings = corpus.filter((recording) => recording.decoder === decoder.id);
    return `| ${[name(decoder), tested(recordings, versions), ...seen(decoder, recordings)].join(' | ')} |`;
  });
  const head = ['Decoder', 'Tested on', 'Kinds in that traffic', 'Requests answered', 'Heartbeats'];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');
}

function byLayerAndLabel(a: Decoder, b: Decoder): number {
  return b.layer.localeCompare(a.layer) || a.label.localeCompare(b.label);
}

function name({ id, label, layer }: Decoder): string {
  return `${label}<br>\`${id}\`, ${layer}`;
}

function tested(recordings: Recording[], versions: Record<string, string>): string {
  if (recordings.length === 0) return 'examples in its unit tests';
  return recordings.map(({ between }) => withVersions(between, versions)).join('<br>');
}

/** Words that are names of packages get their version, unless the recording says versions itself. */
function withVersions(between: string, versions: Record<string, string>): string {
  const words = between.split(' ');
  if (words.some((word) => /^\d+(\.\d+)*$/.test(word))) return between;
  return words.map((word) => (Object.hasOwn(versions, word) ? `${word} ${versions[word]}` : word)).join(' ');
}

function seen(decoder: Decoder, recordings: Recording[]): [kinds: string, pairs: string, heartbeats: string] {
  const all = recordings.flatMap((recording) => decodeAll(decoder, recording));
  // Heartbeats come when they come: a slow machine records some that a fast one does not.
  const kinds = [...new Set(all.filter(({ heartbeat }) => !heartbeat).map(({ kind }) => kind))].filter(
    (kind) => kind !== '' && kind !== 'fragment',
  );
  const shown = kinds.slice(0, KINDS).map((kind) => `\`${kind.replaceAll('|', '\\|')}\``);
  if (kinds.length > KINDS) shown.push(`and ${kinds.length - KINDS} more`);
  const replies = all.filter(({ parts }) => parts?.some(({ pair }) => pair?.role === 'reply')).length;
  const beats = all.some(({ heartbeat }) => heartbeat);
  return [shown.join(', ') || '–', replies > 0 ? 'yes' : '–', beats ? 'yes' : '–'];
}
