import type { FrameRow } from '../../core/messages/store';
import { FLAG } from '../../core/model/frame';
import { directionText, isEvent } from '../grid/frameCells';
import { saveFile } from '../saveFile';
import { HEAD_BYTES, type ShownFrame } from '../state/detail';
import type { FrameTab } from '../state/layout';
import type { Panel } from '../state/panel';
import { formatBytes } from '../text/formatBytes';
import { countOf, formatCount } from '../text/formatCount';
import { formatDuration, formatExactTime } from '../text/formatTime';
import { imageType } from '../text/imageType';
import { DecodedView } from './DecodedView';
import { Empty } from './EmptyFrames';
import { ImageView } from './ImageView';
import { LazyHexView } from './LazyHexView';
import { StackView } from './StackView';
import { type TabDefinition, Tabs } from './Tabs';
import { TextView } from './TextView';
import { ToolButton } from './ToolButton';

const TABS: readonly TabDefinition<FrameTab>[] = [
  { id: 'decoded', label: 'Decoded' },
  { id: 'text', label: 'Text' },
  { id: 'hex', label: 'Hex' },
];
const IMAGE: TabDefinition<FrameTab> = { id: 'image', label: 'Image' };
const SENT_FROM: TabDefinition<FrameTab> = { id: 'initiator', label: 'Initiator' };

/** The content of the selected frame, and what can be done with it. */
export function FrameDetail({ panel }: { panel: Panel }) {
  const { layout, detail, selection } = panel;
  const right = layout.dock.value === 'right' && !panel.environment.narrow.value;
  const shown = detail.shown.value;
  const chosen = layout.frameTab.value;
  const image = shown?.row.kind === 'binary' ? imageType(shown.head) : null;
  const tabs = [...TABS, ...(image ? [IMAGE] : []), ...(shown?.stack ? [SENT_FROM] : [])];
  const tab = tabs.some(({ id }) => id === chosen) ? chosen : 'decoded';
  const size = right ? { width: `${layout.detailWidth.value}px` } : { height: `${layout.detailHeight.value}px` };
  if (!shown) {
    return (
      <section class="frame-detail detail" aria-label="Frame" style={size}>
        {selection.size.value > 0 ? (
          <div class="frame-actions">
            <Actions panel={panel} shown={null} />
          </div>
        ) : (
          <Empty title="No frame selected" text="Select a frame to read its content." />
        )}
      </section>
    );
  }
  return (
    <section class="frame-detail detail" aria-label="Frame" style={size}>
      <div class="frame-actions">
        <Summary panel={panel} shown={shown} />
        <Actions panel={panel} shown={shown} />
      </div>
      <Tabs
        name="frame"
        label="Frame"
        tabs={tabs}
        selected={layout.frameTab}
        shown={tab}
        extra={
          <>
            <ToolButton
              icon={right ? 'dockBottom' : 'dockRight'}
              label={right ? 'Dock to the bottom' : 'Dock to the right'}
              onClick={() => {
                layout.dock.value = right ? 'bottom' : 'right';
              }}
            />
            <ToolButton
              icon="close"
              label="Close the frame's detail"
              onClick={() => {
                layout.detailOpen.value = false;
                panel.focusFrames.current();
              }}
            />
          </>
        }
      >
        {tab === 'image' && image && <ImageView panel={panel} shown={shown} type={image} />}
        {tab === 'initiator' && <StackView panel={panel} stack={shown.stack} />}
        {tab === 'decoded' && <DecodedView panel={panel} />}
        {tab === 'text' && (
          <TextView key={`${shown.log}/${shown.frame}/${shown.problem}`} panel={panel} shown={shown} />
        )}
        {tab === 'hex' && <LazyHexView key={`${shown.log}/${shown.frame}`} panel={panel} shown={shown} />}
      </Tabs>
    </section>
  );
}

function Summary({ panel, shown }: { panel: Panel; shown: ShownFrame }) {
  const { row } = shown;
  const facts = [
    `${directionText(row)} ${isEvent(row) ? '' : row.kind}`.trim(),
    row.length > 999 ? `${formatBytes(row.length)} (${formatCount(row.length)} bytes)` : countOf(row.length, 'byte'),
    formatExactTime(row.time),
    row.gap === null ? 'first of its connection' : `+${formatDuration(row.gap)} since the previous of its connection`,
    panel.connectionName(row.connection),
  ];
  if (row.flags & FLAG.failed) facts.push('not sent: the connection was not open');
  if (row.flags & FLAG.ring) facts.push('from before recording');
  return (
    <p class="summary">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {row.pair && <PairLinkFact panel={panel} pair={row.pair} />}
    </p>
  );
}

/** From a request to its reply, and back. */
function PairLinkFact({ panel, pair }: { panel: Panel; pair: NonNullable<FrameRow['pair']> }) {
  const { role, other, latency } = pair;
  if (other === null) return <span>Reply: none</span>;
  return (
    <span>
      {role === 'request' ? 'Reply' : 'Request'}:{' '}
      <button type="button" class="pair-link" onClick={() => void panel.goToFrame(other)}>
        frame {other + 1}
      </button>
      {latency !== null &&
        ` ${role === 'request' ? 'after' : ''} ${formatDuration(latency)}${role === 'request' ? '' : ' before'}`}
    </span>
  );
}

function Actions({ panel, shown }: { panel: Panel; shown: ShownFrame | null }) {
  const { replay, selection, copy, log } = panel;
  const many = selection.size.value > 1;
  const message = many || (shown !== null && !isEvent(shown.row));
  const report = replay.report.value;
  return (
    <div class="actions">
      <ToolButton
        icon="replay"
        label="Replay"
        text={many ? `Replay ${formatCount(selection.size.value)}` : 'Replay'}
        title={many ? 'Send the selected frames again, in their order' : 'Send this frame again'}
        disabled={!message || !log.live.value || replay.running.value}
        onClick={() => void replay.selected()}
      />
      {selection.size.value === 2 && (
        <button type="button" class="tool-text-button" onClick={() => void panel.compare.selected()}>
          Compare
        </button>
      )}
      {!many && (
        <ToolButton
          icon="edit"
          label="Edit and send"
          text="Edit and send"
          disabled={!message || !log.live.value}
          onClick={panel.editAndSend}
        />
      )}
      {report && (
        <span class={report.ok ? 'report' : 'report failed'} role={report.ok ? 'status' : 'alert'}>
          {report.message}
        </span>
      )}
      <span class="divider" />
      <span class="copy-group">
        <span aria-hidden="true">Copy</span>
        {(['text', 'base64', 'hex'] as const).map((form) => (
          <button
            key={form}
            type="button"
            class="tool-text-button"
            aria-label={`Copy as ${form}`}
            title={`Copy as ${form}`}
            onClick={() => void copy.frames(form)}
          >
            {form}
          </button>
        ))}
      </span>
      {shown && !many && (
        <ToolButton
          icon="save"
          label="Save payload"
          disabled={shown.total === 0}
          onClick={() => void savePayload(panel, shown)}
        />
      )}
    </div>
  );
}

async function savePayload(panel: Panel, shown: ShownFrame): Promise<void> {
  try {
    const bytes = shown.total <= HEAD_BYTES ? shown.head : (await panel.payloads.whole(shown.log, shown.frame)).bytes;
    const binary = shown.row.kind === 'binary';
    const type = binary ? 'application/octet-stream' : 'text/plain';
    saveFile(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), `frame-${shown.frame}.${binary ? 'bin' : 'txt'}`);
  } catch (error) {
    panel.failed(error);
  }
}
