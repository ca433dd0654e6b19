import type { ToPage } from '../core/messages/page';
import type { Capture, Controls } from './capture';
import * as native from './natives';
import type { Patched } from './patch';

type Act = Extract<ToPage, { type: 'act' }>;

/**
 * Does what the recorder asks for. Commands come over the private channel, which only the content script has.
 * @param patched our own functions: what the page may have put in their place must not see what the user does
 * @param answer takes results as JSON
 */
export function obey(json: string, capture: Capture, patched: Patched, answer: (json: string) => void): void {
  const command = native.parse(json) as ToPage;
  if (command.type !== 'act') {
    capture.controls[command.type as keyof Controls](command as never);
    return;
  }
  capture.setUser(true);
  answer(native.stringify(act(command, capture, patched)));
  capture.setUser(false);
}

// What it answers is put in words by the content script.
function act({ id, connection, name, args, bytes }: Act, { sockets }: Capture, patched: Patched): object {
  const done = { __proto__: null, id, name, error: null as string | null, connection, state: -1 };
  try {
    let socket: WebSocket | undefined;
    if (name === 'open') {
      socket = native.construct(patched.open, args as [string]) as WebSocket;
    } else {
      sockets.each((tracked) => {
        if (tracked.note.id === connection) socket = native.deref(tracked.socket);
      });
    }
    if (!socket) return done;
    if (bytes) {
      const data = new native.Uint8Array(bytes.length);
      native.copy(data, bytes, 0);
      args[0] = data;
    }
    done.state = native.readyState(socket);
    done.connection = sockets.of(socket)!.note.id;
    if (name === 'close' || (name === 'send' && done.state === 1))
      native.apply(patched[name], socket, args as [string]);
  } catch (error) {
    done.error = `${(error as Error).message}`;
  }
  return done;
}
