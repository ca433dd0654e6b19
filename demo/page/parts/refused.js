import { wsUrl } from '../lib/address.js';
import { button, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'refused';
export const title = 'Refused handshakes';
export const explanation = 'The page learns only “1006”; DevTools may know more.';

/** Port 1 has no server on any machine one meets. */
const NOBODY = 'ws://127.0.0.1:1/';

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Refused handshakes');

  const attempt = (url) => {
    const socket = state.watch(new WebSocket(url));
    const { pathname, search } = new URL(url);
    socket.onopen = () => log.note('open');
    socket.onerror = () => log.note('error');
    socket.onclose = ({ code }) => log.note(`closed with ${code}: ${pathname}${search}`);
  };
  section.append(
    state.element,
    log.element,
    row(
      button('403 Forbidden', () => attempt(wsUrl('/refuse?status=403'))),
      button('503', () => attempt(wsUrl('/refuse?status=503'))),
      button('Wrong accept key', () => attempt(wsUrl('/bad-accept'))),
      button('Nobody listens', () => attempt(NOBODY)),
      button('Slow (3 s)', () => attempt(wsUrl('/slow?ms=3000'))),
    ),
  );
  return () => attempt(wsUrl('/refuse?status=403'));
}
