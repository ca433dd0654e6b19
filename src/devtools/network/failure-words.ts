import type { Handshake } from '../../core/model/connection';
import { headerOf } from './socket-entry';

/** RFC 6455 §1.3: what a server appends to the key before it hashes it. */
const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Why a connection failed, in words for the user; the page itself is never told.
 * @param error in the browser's words, where its log has any
 * @param alive whether it is open, or was, or may still be
 * @returns `null` when nothing is known to have failed
 */
export async function failureOf(handshake: Handshake, error: string | null, alive: boolean): Promise<string | null> {
  if (error !== null) return error === '' ? null : fromBrowser(error);
  const { status, statusText } = handshake;
  if (status === 101) return alive ? null : await refusedAnswer(handshake);
  if (alive) return null;
  if (status === 0) return 'No answer: the connection was refused, or there is no such host';
  return `Unexpected response code: ${status} ${statusText}`.trim();
}

/** @returns the status in Chromium's words for a refusal, which has none otherwise; `null` if they name none */
export function statusIn(error: string): number | null {
  const code = /response code: (\d{3})/.exec(error);
  return code && Number(code[1]);
}

function fromBrowser(error: string): string {
  const words = error.replace(/^Error (during WebSocket handshake|in connection establishment): /, '');
  const code = /^net::ERR_([A-Z0-9_]+)$/.exec(words);
  if (!code) return words;
  const spoken = code[1].toLowerCase().replaceAll('_', ' ');
  return `${spoken[0].toUpperCase()}${spoken.slice(1)} (${words})`;
}

/** RFC 6455 §4.1: what a client has to refuse in an answer of status 101. */
async function refusedAnswer({ requestHeaders, responseHeaders }: Handshake): Promise<string> {
  const key = headerOf(requestHeaders, 'sec-websocket-key');
  const accept = headerOf(responseHeaders, 'sec-websocket-accept');
  if (key !== '' && accept !== (await acceptFor(key))) return "Incorrect 'Sec-WebSocket-Accept' header value";
  const offered = headerOf(requestHeaders, 'sec-websocket-protocol').split(/[ \t]*,[ \t]*/);
  const chosen = headerOf(responseHeaders, 'sec-websocket-protocol');
  if (chosen !== '' && !offered.includes(chosen))
    return `The server chose the subprotocol “${chosen}”, which was not offered`;
  if (chosen === '' && offered[0] !== '') return 'The server chose none of the subprotocols offered';
  return 'The answer to the handshake was not accepted';
}

async function acceptFor(key: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key + ACCEPT_GUID));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
