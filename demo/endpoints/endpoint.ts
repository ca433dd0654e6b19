import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LoggedSocket } from '../logged-socket';

/** A request for a WebSocket that was not answered yet. */
export interface Handshake {
  request: IncomingMessage;
  /** The raw stream, for endpoints that answer something else than a handshake. */
  socket: Duplex;
  query: URLSearchParams;
}

/** An open connection. */
export interface DemoConnection extends Handshake {
  ws: LoggedSocket;
  /** Aborted when the connection is closed. */
  signal: AbortSignal;
}

/** What answers at one path. To add one is to add a file and a line in `index.ts`. */
export interface Endpoint {
  path: string;
  /** Runs before the handshake is answered; false: this endpoint answered it itself. */
  admit?(handshake: Handshake): boolean | Promise<boolean>;
  /** Chooses one of the subprotocols that the page offered; false: none. Without it the first is taken. */
  choose?(offered: Set<string>, query: URLSearchParams): string | false;
  /** Serves the connection. */
  serve?(connection: DemoConnection): void;
}

/** The query's value as a whole number within bounds; `fallback` where it is missing or no number. */
export function whole(query: URLSearchParams, name: string, fallback: number, least: number, most: number): number {
  const text = query.get(name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), least), most) : fallback;
}

/** The fields of a JSON object, or undefined for anything else. */
export function fields(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
