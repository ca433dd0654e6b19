import { useEffect, useMemo } from 'preact/hooks';
import type { DecodedFrame } from '../../core/messages/store';
import type { ShownFrame } from '../state/detail';
import { messageOf } from '../state/notices';
import type { Panel } from '../state/panel';
import { createTree } from '../state/tree';
import { createTreeSearch } from '../state/treeSearch';
import { DecoderBar } from './DecoderBar';
import { LazyHexView } from './LazyHexView';
import { TreeSearchBox } from './TreeSearchBox';
import { TreeView } from './TreeView';

/** The frame as its decoder reads it. */
export function DecodedView({ panel }: { panel: Panel }) {
  const decoded = panel.detail.decoded.value;
  if (!decoded) return <p class="hint">Decoding…</p>;
  const { of, result, problem } = decoded;
  if (!result) return <p class="problem">{problem}</p>;
  return (
    <div class="decoded">
      <DecodedFrameView panel={panel} of={of} result={result} />
    </div>
  );
}

/** The tree, and if wanted the bytes beside it: what is chosen in one lights up in the other. */
function DecodedFrameView({ panel, of, result }: { panel: Panel; of: ShownFrame; result: DecodedFrame }) {
  const { detail, layout, link, failed } = panel;
  const { tree, search } = useMemo(() => {
    const source = { log: of.log, frame: of.frame };
    const tree = createTree(link, { ...source, root: result.tree }, messageOf);
    return { tree, search: createTreeSearch(link, source, tree, failed) };
  }, [link, of, result, failed]);
  useEffect(() => {
    detail.range.value = null;
  }, [detail, tree]);
  return (
    <>
      <DecoderBar panel={panel} result={result}>
        <TreeSearchBox search={search} />
      </DecoderBar>
      {result.problem && (
        <p class="problem" role="note">
          {result.problem.message}
          {result.problem.at >= 0 && ` (at byte ${result.problem.at})`}
        </p>
      )}
      <div class="tree-and-bytes">
        <TreeView panel={panel} tree={tree} root={result.tree} />
        {layout.showBytes.value && (
          <LazyHexView
            key={of.frame}
            panel={panel}
            shown={of}
            pick={(offset) => {
              detail.range.value = { start: offset, end: offset + 1 };
              tree.revealByte(offset).catch(failed);
            }}
          />
        )}
      </div>
    </>
  );
}
