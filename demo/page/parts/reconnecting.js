import { wsUrl } from '../lib/address.js';
import { button, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'reconnecting';
export const title = 'A client that reconnects';
export const explanation =
  'The server cuts the stream after five lines; the client tries again, waiting longer each time.';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Reconnecting client');
  let wait = FIRST_WAIT_MS;
  let timer;
  let wanted = false;
  let socket;

  const connect = () => {
    socket = state.watch(new WebSocket(wsUrl('/unsteady?after=5&ms=300')));
    socket.onmessage = ({ data }) => log.received(data);
    socket.onclose = ({ code }) => {
      if (!wanted) return;
      log.note(`closed with ${code}, again in ${wait} ms`);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  const start = () => {
    if (wanted) return;
    wanted = true;
    wait = FIRST_WAIT_MS;
    connect();
  };
  const stop = () => {
    wanted = false;
    clearTimeout(timer);
    socket?.close(1000, 'no more');
  };
  section.append(state.element, log.element, row(button('Start', start), button('Stop', stop)));
  return start;
}
