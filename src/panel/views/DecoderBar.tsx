import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { DecodedFrame } from '../../core/messages/store';
import type { Panel } from '../state/panel';
import { Lazy } from './Lazy';
import { VisibleText } from './VisibleText';

const loadUserDecoders = () => import('./UserDecodersDialog').then((module) => module.UserDecodersDialog);
const loadSchemaDialog = () => import('./SchemaDialog').then((module) => module.SchemaDialog);

interface DecoderBarProps {
  panel: Panel;
  result: DecodedFrame;
  /** What else stands in the bar, at its end. */
  children: ComponentChildren;
}

/** Which decoder was used and why, and the choice of another for the connection. */
export function DecoderBar({ panel, result, children }: DecoderBarProps) {
  const { detail, layout } = panel;
  const [asking, setAsking] = useState(false);
  const [making, setMaking] = useState(false);
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
      <button
        type="button"
        class="tool-text-button"
        title="Decode by a Protobuf or Avro schema, or by URL pattern"
        onClick={() => setAsking(true)}
      >
        Schema…
      </button>
      {asking && (
        <Lazy
          load={loadSchemaDialog}
          props={{ panel, decoder: result.decoder, close: () => setAsking(false) }}
          failed={panel.failed}
        />
      )}
      <button
        type="button"
        class="tool-text-button"
        title="Decoders of your own: a JavaScript function, or a pipeline of others"
        onClick={() => setMaking(true)}
      >
        Yours…
      </button>
      {making && (
        <Lazy
          load={loadUserDecoders}
          props={{ panel, decoder: result.decoder, close: () => setMaking(false) }}
          failed={panel.failed}
        />
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={layout.showBytes.value}
          onChange={(event) => {
            layout.showBytes.value = event.currentTarget.checked;
          }}
        />
        Bytes
      </label>
      <span class="reason" title={result.reason}>
        {result.messageKind && (
          <b>
            <VisibleText text={result.messageKind} />
          </b>
        )}{' '}
        {result.reason}
      </span>
      {children}
    </div>
  );
}
