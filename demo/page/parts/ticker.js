import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';

export const id = 'ticker';
export const title = 'Price ticker';
export const explanation = 'Trades in JSON, 1 to 10,000 a second. The page asks the server for the rate.';

const SLOWEST = 1;
const FASTEST = 10_000;

/** The slider is logarithmic: 0 to 100 for 1 to 10,000 a second. */
const rateOf = (position) => Math.round(10 ** (position / 25));
const positionOf = (rate) => Math.log10(rate) * 25;
const clamp = (rate) => Math.min(Math.max(Math.round(rate) || SLOWEST, SLOWEST), FASTEST);

export function mount(section, query) {
  const state = new SocketState();
  const first = clamp(Number(query.get('rate') ?? 5));
  const slider = el('input', { type: 'range', min: 0, max: 100, step: 'any', 'aria-label': 'Trades a second, slider' });
  const number = el('input', { type: 'number', min: SLOWEST, max: FASTEST, 'aria-label': 'Trades a second' });
  const rows = el('tbody');
  const cells = new Map();
  const latest = new Map();
  let drawing = false;
  let socket;

  const show = (rate) => {
    slider.value = String(positionOf(rate));
    number.value = String(rate);
  };
  const setRate = (rate) => {
    show(clamp(rate));
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'rate', perSecond: clamp(rate) }));
  };
  const draw = () => {
    drawing = false;
    for (const [symbol, trade] of latest) {
      if (!cells.has(symbol)) {
        const line = [el('td', { textContent: symbol }), el('td'), el('td')];
        cells.set(symbol, line);
        rows.append(el('tr', {}, ...line));
      }
      const [, price, size] = cells.get(symbol);
      price.textContent = trade.price.toFixed(2);
      size.textContent = `${trade.side} ${trade.size}`;
    }
    latest.clear();
  };
  const start = () => {
    if (socket?.readyState <= WebSocket.OPEN) return;
    socket = state.watch(new WebSocket(wsUrl(`/ticker?rate=${number.value}`)));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type !== 'trade') return;
      latest.set(message.symbol, message);
      if (drawing) return;
      drawing = true;
      requestAnimationFrame(draw);
    };
  };

  slider.onchange = () => setRate(rateOf(Number(slider.value)));
  slider.oninput = () => show(clamp(rateOf(Number(slider.value))));
  number.onchange = () => setRate(Number(number.value));
  show(first);
  const head = el(
    'tr',
    {},
    ...['Symbol', 'Price', 'Trade'].map((name) => el('th', { scope: 'col', textContent: name })),
  );
  section.append(
    state.element,
    row(slider, number, 'a second'),
    row(...[1, 100, 2000, FASTEST].map((rate) => button(rate.toLocaleString('en'), () => setRate(rate)))),
    el('table', {}, el('thead', {}, head), rows),
    row(
      button('Start', start),
      button('Stop', () => socket?.close(1000, 'stopped')),
    ),
  );
  return start;
}
