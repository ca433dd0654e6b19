import { setTimeout as delay } from 'node:timers/promises';
import { closeWith } from './close';
import { type DemoConnection, type Endpoint, fields } from './endpoint';

type Command = Record<string, unknown>;

function parse(text: string): Command[] | undefined {
  const value = fields(text);
  if (!value) return undefined;
  const list: unknown[] = text.trimStart().startsWith('[') ? Object.values(value) : [value];
  const commands = list.filter((item): item is Command => typeof item === 'object' && item !== null);
  return commands.length === list.length ? commands : undefined;
}

/** Runs one command; false: it is none of those known. */
async function obey(connection: DemoConnection, command: Command): Promise<boolean> {
  const { ws, socket, signal } = connection;
  const times = typeof command.times === 'number' ? command.times : 1;
  if (typeof command.text === 'string') {
    for (let time = 0; time < times; time += 1) ws.send(command.text);
  } else if (typeof command.binary === 'string') {
    const bytes = Buffer.from(command.binary, 'base64');
    for (let time = 0; time < times; time += 1) ws.send(bytes, { binary: true });
  } else if (Array.isArray(command.fragments)) {
    const parts = command.fragments.map(String);
    for (const [index, part] of parts.entries()) ws.send(part, { binary: false, fin: index === parts.length - 1 });
  } else if (typeof command.ping === 'string') ws.ping(command.ping);
  else if (typeof command.close === 'number') closeWith(connection, command.close, String(command.reason ?? ''));
  else if (command.close === null) ws.close();
  else if (command.terminate === true) ws.terminate();
  else if (typeof command.raw === 'string') socket.write(Buffer.from(command.raw, 'base64'));
  else if (typeof command.wait === 'number') await delay(command.wait, undefined, { signal });
  else return false;
  return true;
}

async function obeyAll(connection: DemoConnection, text: string): Promise<void> {
  const commands = parse(text);
  if (!commands) {
    connection.ws.send(JSON.stringify({ error: 'not a command or a list of commands in JSON' }));
    return;
  }
  for (const command of commands) {
    if (connection.signal.aborted) return;
    const known = await obey(connection, command);
    if (!known) connection.ws.send(JSON.stringify({ error: 'unknown command', command }));
  }
}

/**
 * `/script`: does what the page says, in order. A message is one command or a list of them, in JSON:
 * `{"text": "…", "times": 3}`, `{"binary": "base64", "times": 3}`, `{"fragments": ["a", "b"]}` (one text message in
 * several frames), `{"ping": "…"}`, `{"close": 4001, "reason": "…"}` (any code, also those that no server may send),
 * `{"close": null}` (no status), `{"terminate": true}`, `{"raw": "base64"}` (bytes onto the stream as they are),
 * `{"wait": 50}` (ms). What is not understood is answered with `{"error": "…"}`.
 */
export const scriptEndpoint: Endpoint = {
  path: '/script',
  serve(connection) {
    let before = Promise.resolve();
    connection.ws.on('message', (data) => {
      before = before
        .then(() => obeyAll(connection, data.toString()))
        .catch((error: unknown) => {
          if (!connection.signal.aborted) connection.ws.close(1011, String(error).slice(0, 120));
        });
    });
  },
};
