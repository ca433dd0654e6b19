import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownFrame } from '../state/detail';
import { messageOf } from '../state/notices';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { MOST_TO_LAY_OUT, prettyJson } from '../text/prettyJson';
import { utf8Decoder } from '../text/utf8Decoder';
import { FoldedText } from './FoldedText';
import { VisibleText } from './VisibleText';

const SLICE = 256 * 1024;
/** Text is laid out in blocks of this many characters, those out of sight not at all. */
const BLOCK = 8 * 1024;

/** So many blocks are laid out all: only then a line that is longer than a block is not broken. */
const MOST_INLINE = 16;

/** Longer texts, in UTF-16 units, are laid out without a way to fold each part: every line that can be folded costs. */
const MOST_TO_FOLD = 200_000;

/** The payload as text, however long: more is read as the end comes near. */
export function TextView({ panel, shown }: { panel: Panel; shown: ShownFrame }) {
  const host = useRef<HTMLDivElement>(null);
  const decoder = useRef(utf8Decoder());
  const [read, setRead] = useState(shown.head.length);
  const [blocks, setBlocks] = useState(() => split(decoder.current.decode(shown.head, { stream: true })));
  const [problem, setProblem] = useState<string | null>(shown.problem);
  const reading = useRef(false);
  const rest = shown.total - read;
  const canLayOut = shown.row.kind !== 'binary' && shown.total <= MOST_TO_LAY_OUT && /^\s*[[{]/.test(blocks[0] ?? '');
  const pretty = canLayOut && panel.layout.pretty.value && rest === 0 ? prettyJson(blocks.join('')) : null;
  const drawn = pretty === null ? blocks : split(pretty);

  async function readMore(): Promise<void> {
    if (reading.current || rest <= 0 || problem) return;
    reading.current = true;
    try {
      const { bytes } = await panel.payloads.slice(shown.log, shown.frame, read, read + SLICE);
      if (!bytes.length) throw new Error(`The payload ends at byte ${read}`);
      const text = decoder.current.decode(bytes, { stream: true });
      setBlocks((before) => [...before, ...split(text)]);
      setRead(read + bytes.length);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      reading.current = false;
    }
  }

  useEffect(() => {
    const element = host.current!;
    const layOut = canLayOut && panel.layout.pretty.peek();
    if (layOut || element.scrollHeight <= element.clientHeight * 2) void readMore();
  });

  return (
    <>
      {canLayOut && <PrettyBar panel={panel} />}
      <div
        ref={host}
        class="text-view"
        tabIndex={0}
        role="region"
        aria-label="Payload as text"
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          if (scrollHeight - scrollTop < clientHeight * 4) void readMore();
        }}
      >
        {pretty !== null && pretty.length <= MOST_TO_FOLD ? (
          <FoldedText pretty={pretty} />
        ) : (
          <div class={drawn.length > MOST_INLINE ? 'payload-text in-blocks' : 'payload-text'}>
            {drawn.map((block, at) => (
              <span class="block" key={at}>
                <VisibleText text={block} />
              </span>
            ))}
          </div>
        )}
        {problem && <p class="problem">{problem}</p>}
        {rest > 0 && !problem && <p class="hint">{formatBytes(rest)} more: scroll on</p>}
        {shown.total === 0 && !problem && <p class="hint">The payload is empty.</p>}
      </div>
    </>
  );
}

function PrettyBar({ panel }: { panel: Panel }) {
  return (
    <div class="pretty-bar">
      <label class="check">
        <input
          type="checkbox"
          checked={panel.layout.pretty.value}
          onChange={(event) => {
            panel.layout.pretty.value = event.currentTarget.checked;
          }}
        />
        Pretty print
      </label>
    </div>
  );
}

/** Cut behind a line where there is one: out of sight, a block is not laid out. */
function split(text: string): string[] {
  const blocks: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + BLOCK);
    const lineEnd = end < text.length ? text.lastIndexOf('\n', end - 1) + 1 : 0;
    if (lineEnd > at) end = lineEnd;
    // A character of two units stays whole.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    blocks.push(text.slice(at, end));
    at = end;
  }
  return blocks;
}
