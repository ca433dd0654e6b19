import { useMemo } from 'preact/hooks';
import type { DecodedFrame } from '../../core/messages/store';
import type { ShownFrame } from '../state/detail';
import { messageOf } from '../state/notices';
import type { Panel } from '../state/panel';
import { createTree } from '../state/tree';
import { TreeView } from './TreeView';
import { VisibleText } from './VisibleText';

/** The frame as its decoder reads it, and the choice of another decoder. */
export function DecodedView({ panel }: { panel: Panel }) {
  const decoded = panel.detail.decoded.value;
  if (!decoded) return <p class="hint">Decoding…</p>;
  const { of, result, problem } = decoded;
  if (!result) return <p class="problem">{problem}</p>;
  return (
    <div class="decoded">
      <DecoderBar panel={panel} result={result} />
      {result.problem && (
        <p class="problem" role="note">
          {result.problem.message} (at byte {result.problem.at})
        </p>
      )}
      <DecodedTree panel={panel} of={of} result={result} />
    </div>
  );
}

function DecodedTree({ panel, of, result }: { panel: Panel; of: ShownFrame; result: DecodedFrame }) {
  const tree = useMemo(
    () =>
      createTree(
        panel.link,
        { log: of.log, frame: of.frame, decoder: panel.detail.decoder.peek(), root: result.tree },
        messageOf,
      ),
    [panel, of, result],
  );
  return <TreeView panel={panel} tree={tree} root={result.tree} />;
}

function DecoderBar({ panel, result }: { panel: Panel; result: DecodedFrame }) {
  const { detail } = panel;
  return (
    <div class="decoder-bar">
      <label>
        <span class="off-screen">Decoder of this connection</span>
        <select
          value={result.decoder}
          title={result.reason}
          onChange={(event) => {
            const { value } = event.currentTarget;
            detail.chooseDecoder(value === '' ? null : value).catch(panel.failed);
          }}
        >
          <option value="">Automatic</option>
          {!detail.decoders.value.some(({ id }) => id === result.decoder) && (
            <option value={result.decoder}>{result.label}</option>
          )}
          {detail.decoders.value.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <span class="reason" title={result.reason}>
        {result.messageKind && (
          <b>
            <VisibleText text={result.messageKind} />
          </b>
        )}{' '}
        {result.reason}
      </span>
    </div>
  );
}
