import { io } from '/vendor/socket.io/socket.io.esm.min.js';
import { button, el, row } from '../lib/dom.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'socket-io';
export const title = 'Socket.IO';
export const explanation =
  'A real Socket.IO server and its own client: events, acknowledgements, attachments, a namespace.';

export function mount(section) {
  const log = new TrafficLog('Socket.IO events');
  const state = el('div', { className: 'state', role: 'status', textContent: 'not opened', 'data-state': 'none' });
  let socket;
  let admin;

  const show = (name, text) => {
    state.dataset.state = name;
    state.textContent = text;
  };
  const start = () => {
    if (socket?.active) return;
    socket = io({ transports: ['websocket'] });
    socket.on('connect', () => show('open', `connected as ${socket.id}`));
    socket.on('disconnect', (reason) => show('closed', reason));
    socket.onAny((event, ...values) => log.received(`${event} ${JSON.stringify(values)}`));
    admin = io('/admin', { transports: ['websocket'] });
    admin.onAny((event, ...values) => log.received(`/admin ${event} ${JSON.stringify(values)}`));
  };
  const vote = async (choice) => {
    if (!socket?.connected) return;
    log.sent(`vote ${choice}`);
    log.received(`acknowledged ${JSON.stringify(await socket.emitWithAck('vote', choice))}`);
  };
  const upload = () => {
    if (!socket?.connected) return;
    const bytes = crypto.getRandomValues(new Uint8Array(2048));
    log.sent(`upload of ${bytes.length} bytes`);
    socket.emit('upload', bytes, (answer) => log.received(`acknowledged ${JSON.stringify(answer)}`));
  };
  section.append(
    state,
    log.element,
    row(
      button('Vote tea', () => vote('tea')),
      button('Vote coffee', () => vote('coffee')),
      button('Upload 2 KiB', upload),
    ),
    row(
      button('Connect', start),
      button('Disconnect', () => {
        socket?.disconnect();
        admin?.disconnect();
      }),
    ),
  );
  return start;
}
