import type { LoggedSocket } from '../logged-socket';
import { type Endpoint, fields } from './endpoint';

const HISTORY = 50;
const LONGEST_TEXT = 4000;
const BOTS = ['Mira', 'Otto'];
const REPLIES = [
  'Noted.',
  'Good question!',
  'On it.',
  'Same here.',
  '👍',
  'Let us look at the frames.',
  'Grüße aus Zürich 🏔️',
];

interface Said {
  type: 'message';
  id: number;
  from: string;
  text: string;
  at: number;
}

/** One room for all connections of a server. */
export function chatEndpoint(): Endpoint {
  const people = new Map<LoggedSocket, string>();
  const history: Said[] = [];
  let id = 0;
  const all = (message: object): void => {
    for (const person of people.keys()) person.send(JSON.stringify(message));
  };
  const say = (from: string, text: string): Said => {
    id += 1;
    const said: Said = { type: 'message', id, from, text, at: Date.now() };
    history.push(said);
    if (history.length > HISTORY) history.shift();
    all(said);
    return said;
  };
  const presence = (): void => all({ type: 'presence', people: [...BOTS, ...people.values()] });

  /** A bot begins to type and then answers, so that a stranger alone in the room sees traffic in both directions. */
  const answer = (to: Said, signal: AbortSignal): void => {
    const bot = BOTS[to.id % BOTS.length] ?? 'Mira';
    all({ type: 'typing', from: bot });
    const timer = setTimeout(() => say(bot, REPLIES[to.id % REPLIES.length] ?? 'Hm.'), 700);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };

  return {
    path: '/chat',
    serve({ ws, signal }) {
      ws.on('message', (data) => {
        const message = fields(data.toString());
        if (message?.type === 'join' && typeof message.name === 'string') {
          people.set(ws, message.name.slice(0, 40));
          ws.send(JSON.stringify({ type: 'welcome', name: people.get(ws), history }));
          presence();
        } else if (message?.type === 'message' && typeof message.text === 'string' && people.has(ws)) {
          const said = say(people.get(ws) ?? 'somebody', message.text.slice(0, LONGEST_TEXT));
          ws.send(JSON.stringify({ type: 'ack', ref: message.ref ?? null, id: said.id }));
          answer(said, signal);
        } else if (message?.type === 'ping') ws.send(JSON.stringify({ type: 'pong', ref: message.ref ?? null }));
        else ws.send(JSON.stringify({ type: 'error', text: 'expected join, message or ping' }));
      });
      signal.addEventListener('abort', () => {
        if (people.delete(ws)) presence();
      });
    },
  };
}
