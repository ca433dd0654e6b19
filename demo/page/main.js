import { createPart } from './lib/part.js';
import * as bigMessage from './parts/big-message.js';
import * as chat from './parts/chat.js';
import * as closes from './parts/closes.js';
import * as frames from './parts/frames.js';
import * as reconnecting from './parts/reconnecting.js';
import * as refused from './parts/refused.js';
import * as socketIo from './parts/socket-io.js';
import * as subprotocols from './parts/subprotocols.js';
import * as telemetry from './parts/telemetry.js';
import * as ticker from './parts/ticker.js';
import * as workers from './parts/workers.js';

/** Each part: `id`, `title`, `explanation`, `mount(section, query)`, which may give a function that starts it. */
const PARTS = [
  chat,
  ticker,
  telemetry,
  socketIo,
  subprotocols,
  bigMessage,
  refused,
  closes,
  reconnecting,
  frames,
  workers,
];

const query = new URLSearchParams(location.search);
const wanted = query.get('parts')?.split(',');

for (const part of PARTS) {
  const section = createPart(part.id, part.title, part.explanation);
  document.querySelector('#parts').append(section);
  const start = part.mount(section, query);
  if (start && (!wanted || wanted.includes(part.id))) start();
}
