import { decode, encode } from '/vendor/msgpack/index.mjs';
import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'telemetry';
export const title = 'Telemetry';
export const explanation = 'MessagePack in binary messages, both ways: readings come, commands go.';

function summarize(value) {
  if (value?.kind !== 'reading') return JSON.stringify(value);
  const { device, seq, temperature, position } = value;
  return `${device} #${seq}  ${temperature.toFixed(2)} °C  ${position.lat.toFixed(4)}, ${position.lon.toFixed(4)}`;
}

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Telemetry readings');
  const asBlobs = el('input', { type: 'checkbox' });
  let socket;

  const send = (command) => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    log.sent(JSON.stringify(command));
    socket.send(encode(command));
  };
  const start = () => {
    if (socket?.readyState <= WebSocket.OPEN) return;
    socket = state.watch(new WebSocket(wsUrl('/telemetry')));
    socket.binaryType = asBlobs.checked ? 'blob' : 'arraybuffer';
    socket.onopen = () => send({ command: 'mark', note: 'start' });
    socket.onmessage = async ({ data }) => {
      const bytes = data instanceof Blob ? await data.arrayBuffer() : data;
      log.received(summarize(decode(bytes)));
    };
  };
  // It may change while the socket is open: pages do that.
  asBlobs.onchange = () => {
    if (socket) socket.binaryType = asBlobs.checked ? 'blob' : 'arraybuffer';
  };
  section.append(
    state.element,
    log.element,
    row(
      button('Mark', () => send({ command: 'mark', note: `at ${new Date().toISOString()}` })),
      ...[1, 20, 500].map((rate) => button(`${rate} a second`, () => send({ command: 'rate', perSecond: rate }))),
    ),
    row(
      el('label', {}, asBlobs, 'receive as Blob'),
      button('Start', start),
      button('Stop', () => socket?.close()),
    ),
  );
  return start;
}
