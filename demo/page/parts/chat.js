import { wsUrl } from '../lib/address.js';
import { button, el, row } from '../lib/dom.js';
import { SocketState } from '../lib/socket-state.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'chat';
export const title = 'Chat';
export const explanation = 'JSON in text messages. Two bots answer, so there is always somebody to talk to.';

const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald'];
const HEARTBEAT_MS = 10_000;

function summarize(message) {
  if (message.type === 'message') return `${message.from}: ${message.text}`;
  if (message.type === 'presence') return `here: ${message.people.join(', ')}`;
  if (message.type === 'typing') return `${message.from} is typing…`;
  return message.type === 'ack' ? `taken as no. ${message.id}` : message.type;
}

export function mount(section) {
  const state = new SocketState();
  const log = new TrafficLog('Chat messages');
  const text = el('input', {
    type: 'text',
    placeholder: 'Say something',
    'aria-label': 'Say something',
    maxLength: 4000,
  });
  let socket;
  let reference = 0;

  const send = (message) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else log.note('not connected');
  };
  const say = (words) => {
    reference += 1;
    send({ type: 'message', ref: reference, text: words });
  };
  const start = () => {
    if (socket?.readyState <= WebSocket.OPEN) return;
    socket = state.watch(new WebSocket(wsUrl('/chat')));
    const heartbeat = setInterval(() => send({ type: 'ping', ref: Date.now() }), HEARTBEAT_MS);
    socket.onopen = () => {
      send({ type: 'join', name: NAMES[Math.floor(Math.random() * NAMES.length)] });
      say('Hello, everybody!');
    };
    socket.onmessage = ({ data }) => log.received(summarize(JSON.parse(data)));
    socket.onclose = () => clearInterval(heartbeat);
  };
  const form = el(
    'form',
    {
      className: 'row',
      onsubmit(event) {
        event.preventDefault();
        if (text.value.trim() === '') return;
        say(text.value);
        text.value = '';
      },
    },
    text,
    el('button', { className: 'main', textContent: 'Send' }),
  );
  section.append(
    state.element,
    log.element,
    form,
    row(
      button('Join', start),
      button('Leave', () => socket?.close(1000, 'goodbye')),
    ),
  );
  return start;
}
