import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'subprotocols';
export const title = 'Subprotocols';
export const explanation = 'The page offers several, the server picks one; if it can pick none, the browser gives up.';

const OFFERS = [['demo.v1', 'demo.v2+json', 'graphql-ws'], ['demo.v1', 'demo.v3'], ['something-else']];

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Subprotocol traffic');
  const compress = el('input', { type: 'checkbox' });
  let socket;

  const start = (offer = OFFERS[0]) => {
    socket?.close(1000, 'another offer');
    const opened = new WebSocket(wsUrl(`/protocols${compress.checked ? '?deflate=1' : ''}`), offer);
    socket = state.watch(opened);
    opened.onopen = () => {
      opened.send(JSON.stringify({ type: 'hello', protocol: opened.protocol }));
      log.note(`extensions: ${opened.extensions || 'none'}`);
    };
    opened.onmessage = ({ data }) => log.received(data);
    opened.onerror = () => log.note('failed, and the page is not told why');
  };
  section.append(
    state.element,
    log.element,
    row(...OFFERS.map((offer) => button(`Offer ${offer.join(', ')}`, () => start(offer)))),
    row(el('label', {}, compress, 'with permessage-deflate')),
  );
  return () => start();
}
