import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'closes';
export const title = 'Closes';
export const explanation = 'Every way in which a connection ends, by the server or by the page.';

const FROM_SERVER = [
  [1000, 'normal'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1005, 'no status'],
  [1006, 'abnormal: the stream is cut'],
  [1007, 'invalid payload'],
  [1008, 'policy violation'],
  [1009, 'too big'],
  [1010, 'extension missing'],
  [1011, 'internal error'],
  [1012, 'restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
  [1015, 'a code that may not be sent'],
  [3000, 'unauthorized'],
  [4000, 'private use'],
  [4999, 'last of the private codes'],
];
const FROM_PAGE = [
  [undefined, undefined],
  [1000, 'done'],
  [3000, 'registered'],
  [4000, 'my own reason: ünïcödé 🏁'],
  [4999, ''],
];

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Closes');
  const choice = el(
    'select',
    { 'aria-label': 'Code from the server' },
    ...FROM_SERVER.map(([code, name]) => el('option', { value: String(code), textContent: `${code}, ${name}` })),
  );

  const connect = (path, onopen) => {
    const socket = state.watch(new WebSocket(wsUrl(path)));
    socket.onopen = () => onopen(socket);
    socket.onclose = ({ code, reason, wasClean }) =>
      log.note(`${code} ${reason ? `“${reason}” ` : ''}${wasClean ? 'clean' : 'not clean'}`);
  };
  const byServer = (code, reason) =>
    connect(`/close?code=${code}&reason=${encodeURIComponent(reason)}`, (socket) => socket.send('please close'));
  const byPage = (code, reason) =>
    connect('/echo', (socket) => (code === undefined ? socket.close() : socket.close(code, reason)));

  section.append(
    state.element,
    log.element,
    row(
      choice,
      button('Server closes', () => {
        const [code, name] = FROM_SERVER[choice.selectedIndex];
        byServer(code, name);
      }),
      button('All of them', () => {
        for (const [code, name] of FROM_SERVER) byServer(code, name);
      }),
    ),
    row(...FROM_PAGE.map(([code, reason]) => button(`Page: ${code ?? 'no code'}`, () => byPage(code, reason)))),
  );
}
