import { isRecord } from '../../core/messages/rpc';
import type { Handshake, HeaderPair } from '../../core/model/connection';

/** One call of a stack, as the network log tells it. Line and column count from 1. */
export interface Call {
  name: string;
  url: string;
  line: number;
  column: number;
}

/** A WebSocket as the network log of DevTools tells it (HAR 1.2 with Chrome's additions). */
export interface SocketEntry {
  /** The same for the same socket in every reading of the log. */
  id: string;
  url: string;
  /** When the handshake was sent, ms since the epoch; `null` when it never was. */
  startedAt: number | null;
  handshake: Handshake;
  /** As they stand in the log: Chrome's `_webSocketMessages`. */
  messages: readonly unknown[];
  /** What the browser says went wrong, in its words; `null` when nothing did. */
  error: string | null;
  /** The constructor's callers, innermost first; empty where the log has none. */
  calls: Call[];
}

/**
 * @param value an entry of the network log
 * @returns it, checked, or `null` if it is of no WebSocket
 */
export function readSocketEntry(value: unknown): SocketEntry | null {
  if (!isRecord(value) || !isRecord(value.request)) return null;
  const { request, timings } = value;
  const response = isRecord(value.response) ? value.response : {};
  const url = text(request.url);
  if (value._resourceType !== 'websocket' && !/^wss?:/i.test(url)) return null;
  const requestHeaders = headers(request.headers);
  const messages = Array.isArray(value._webSocketMessages) ? value._webSocketMessages : [];
  const error = lastError(messages);
  const started = Date.parse(text(value.startedDateTime));
  // Chromium dates a handshake that was never sent before 1970.
  const startedAt = started > 0 ? started : null;
  const times = isRecord(timings) ? timings : {};
  return {
    id: headerOf(requestHeaders, 'sec-websocket-key') || `${url} ${text(value.startedDateTime)} ${error?.time ?? ''}`,
    url,
    startedAt,
    handshake: {
      status: number(response.status, 0),
      statusText: text(response.statusText),
      requestHeaders,
      responseHeaders: headers(response.headers),
      startedAt: startedAt ?? 0,
      timings: {
        blocked: duration(times.blocked),
        dns: duration(times.dns),
        connect: duration(times.connect),
        ssl: duration(times.ssl),
        send: duration(times.send),
        // Chromium counts on until the latest frame.
        wait: messages.length === 0 ? duration(times.wait) : -1,
        receive: -1,
      },
    },
    messages,
    error: error?.message ?? null,
    calls: callsOf(value._initiator),
  };
}

/** @returns the value of a header, by its name in lower case; empty if it is not there */
export function headerOf(list: readonly HeaderPair[], name: string): string {
  return list.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

/** @returns host of the page or worker that opened it, with its port; empty where the log does not tell */
export function siteOf({ handshake, calls }: SocketEntry): string {
  // RFC 6455 §4.1: a browser's handshake has an Origin. The log may lack the headers of one that failed.
  const url = headerOf(handshake.requestHeaders, 'origin') || (calls[0]?.url ?? '');
  // A `blob:` URL has no host, but an origin.
  const origin = URL.canParse(url) ? new URL(url).origin : '';
  return URL.canParse(origin) ? new URL(origin).host : '';
}

/** @returns a stack as the browser prints it, one call a line */
export function stackText(calls: readonly Call[]): string {
  return calls
    .map(({ name, url, line, column }) => `    at ${name || '(anonymous)'} (${url}:${line}:${column})`)
    .join('\n');
}

function lastError(messages: readonly unknown[]): { message: string; time: number } | null {
  const last = messages.at(-1);
  if (!isRecord(last) || last.type !== 'error') return null;
  return { message: text(last.data), time: number(last.time, 0) };
}

function callsOf(initiator: unknown): Call[] {
  const calls: Call[] = [];
  let stack = isRecord(initiator) ? initiator.stack : undefined;
  // Each parent is what started the asynchronous work that the stack belongs to.
  for (let depth = 0; isRecord(stack) && depth < 32; depth++) {
    for (const frame of Array.isArray(stack.callFrames) ? stack.callFrames : []) {
      if (!isRecord(frame)) continue;
      const line = number(frame.lineNumber, 0) + 1;
      calls.push({
        name: text(frame.functionName),
        url: text(frame.url),
        line,
        column: number(frame.columnNumber, 0) + 1,
      });
    }
    stack = stack.parent;
  }
  return calls;
}

function headers(list: unknown): HeaderPair[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map(({ name, value }) => ({ name: text(name), value: text(value) }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function duration(value: unknown): number {
  return Math.max(-1, number(value, -1));
}
