import { expect, test } from 'vitest';
import type { Handshake } from '../../core/model/connection';
import { failureOf, statusIn } from './failure-words';

/** The example of RFC 6455 §1.3. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

function handshake(status: number, request: Record<string, string> = {}, response: Record<string, string> = {}) {
  const list = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    status,
    statusText: status === 403 ? 'Forbidden' : '',
    requestHeaders: list(request),
    responseHeaders: list(response),
  } as Handshake;
}

test('says what Chromium says, without its preamble', async () => {
  const refused = 'Error during WebSocket handshake: Unexpected response code: 403';
  expect(await failureOf(handshake(0), refused, false)).toBe('Unexpected response code: 403');
  expect(statusIn(refused)).toBe(403);
  expect(await failureOf(handshake(0), 'Error in connection establishment: net::ERR_CONNECTION_REFUSED', false)).toBe(
    'Connection refused (net::ERR_CONNECTION_REFUSED)',
  );
});

test('tells by status and headers where the browser says nothing', async () => {
  expect(await failureOf(handshake(403), null, false)).toBe('Unexpected response code: 403 Forbidden');
  expect(await failureOf(handshake(0), null, false)).toContain('refused');
});

test('checks the answer as RFC 6455 §4.1 demands', async () => {
  const asked = { 'Sec-WebSocket-Key': KEY };
  expect(await failureOf(handshake(101, asked, { 'sec-websocket-accept': 'wrong' }), null, false)).toBe(
    "Incorrect 'Sec-WebSocket-Accept' header value",
  );
  const offered = { ...asked, 'Sec-WebSocket-Protocol': 'a, b' };
  const accepted = { 'Sec-WebSocket-Accept': ACCEPT };
  expect(await failureOf(handshake(101, offered, accepted), null, false)).toContain('none of the subprotocols');
  const other = { ...accepted, 'Sec-WebSocket-Protocol': 'c' };
  expect(await failureOf(handshake(101, offered, other), null, false)).toContain('“c”');
});

test('finds no fault with a connection that is open, or may still be', async () => {
  expect(await failureOf(handshake(101), null, true)).toBeNull();
  expect(await failureOf(handshake(0), null, true)).toBeNull();
});
