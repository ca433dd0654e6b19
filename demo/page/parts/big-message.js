import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'big-message';
export const title = 'A 16 MiB message';
export const explanation = 'One message of 16 MiB, as text or binary, in either direction.';

const MIB = 1024 * 1024;
const sizeOf = (data) => data.size ?? data.byteLength ?? data.length;

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Big messages');
  const size = el('input', { type: 'number', min: 1, max: 200, value: 16, 'aria-label': 'MiB' });
  const bytes = () => Math.max(1, Number(size.value) || 16) * MIB;

  const connect = (path, onopen) => {
    const socket = state.watch(new WebSocket(wsUrl(path)));
    socket.onopen = () => onopen?.(socket);
    socket.onmessage = ({ data }) => {
      const length = sizeOf(data);
      log.received(length < 200 ? data : `${data.constructor.name} of ${length.toLocaleString('en')}`);
      socket.close(1000, 'seen');
    };
  };
  const receive = (type) => connect(`/big?type=${type}&size=${bytes()}`);
  const send = (make) =>
    connect('/big?type=none', (socket) => {
      const data = make(bytes());
      log.sent(`${data.constructor.name} of ${sizeOf(data).toLocaleString('en')}`);
      socket.send(data);
    });

  section.append(
    state.element,
    log.element,
    row(
      el('label', {}, size, 'MiB'),
      button('Receive text', () => receive('text')),
      button('Receive binary', () => receive('binary')),
    ),
    row(
      button('Send text', () => send((length) => 'framescope '.repeat(length / 11 + 1).slice(0, length))),
      button('Send ArrayBuffer', () => send((length) => new Uint8Array(length).fill(0x5a).buffer)),
      button('Send Blob', () => send((length) => new Blob([new Uint8Array(length)]))),
    ),
  );
}
