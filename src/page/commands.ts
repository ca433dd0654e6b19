import type { PageCommand, PageResult } from '../core/messages/page';
import type { Capture } from './capture';
import * as native from './natives';
import { restoreWebSocket } from './patch';

/**
 * Does what the recorder asks for. Commands come over the private channel, which only the content script has.
 * @param answer takes results as JSON
 */
export function obey(json: string, capture: Capture, answer: (json: string) => void): void {
  const command = native.parse(json) as PageCommand;
  switch (command.type) {
    case 'start':
      capture.start(command.ring, command.stacks);
      break;
    case 'stop':
      capture.stop();
      break;
    case 'ring':
      capture.setRing(command.policy);
      break;
    case 'pull':
      capture.outbox.pull();
      break;
    case 'missed':
      capture.outbox.miss(command.frames);
      break;
    case 'flush':
      capture.outbox.flushAll();
      break;
    case 'off':
      restoreWebSocket();
      capture.end();
      break;
    default:
      answer(native.stringify({ __proto__: null, ...result(command, capture) }));
  }
}

type Action = Extract<PageCommand, { id: number }>;

function result(command: Action, capture: Capture): PageResult {
  try {
    return { type: 'result', id: command.id, error: null, connection: capture.asUser(() => act(command, capture)) };
  } catch (error) {
    return { type: 'result', id: command.id, error: messageOf(error), connection: null };
  }
}

const STATES = ['still connecting', 'open', 'closing', 'closed'];

// Through the native functions: what the page has put in their place must not see what the user does.
function act(command: Action, capture: Capture): number {
  if (command.type === 'open') {
    const { url, protocols } = command;
    const socket = native.construct(native.WebSocket, protocols.length > 0 ? [url, protocols] : [url]) as WebSocket;
    capture.constructed(socket, protocols[0]);
    return capture.sockets.of(socket)?.id ?? 0;
  }
  const found = capture.sockets.byId(command.connection);
  if (!found) throw new native.Error('The connection is gone: the page let go of it');
  const { socket } = found;
  if (command.type === 'close') {
    native.apply(native.close, socket, command.code === 0 ? [] : [command.code, command.reason]);
    capture.closing(socket);
    return command.connection;
  }
  const state = native.readyState(socket);
  if (state !== 1) throw new native.Error(`The connection is ${STATES[state]}`);
  const data = command.text ?? bytesOf(command.base64 ?? '');
  const done = capture.sending(socket, data);
  native.apply(native.send, socket, [data]);
  done(false);
  return command.connection;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = native.fromBase64(base64);
  const bytes = new native.Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = native.charCodeAt(binary, index);
  return bytes;
}

function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  return typeof message === 'string' ? message : 'The page refused it';
}
