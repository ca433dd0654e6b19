import type { Connection } from '../../core/model/connection';
import type { FrameKind } from '../../core/model/frame';
import type { SessionInfo } from '../../core/model/session';

const START = Date.UTC(2026, 10, 21, 12);

/** Content of a made-up frame. */
export function fakeText(frame: number): { data: string; kind: FrameKind; messageKind: string } {
  if (frame < 3)
    return { data: JSON.stringify({ protocol: '', extensions: 'permessage-deflate' }), kind: 'open', messageKind: '' };
  if (frame % 41 === 40)
    return { data: 'line one\nline two\tand a tab\u0000 nul \u202eabc', kind: 'text', messageKind: '' };
  if (frame % 43 === 42) return { data: 'مرحبا بالعالم {"rtl":true} 👩‍👩‍👧', kind: 'text', messageKind: '' };
  if (frame === 50) return { data: '\ufeff{"marked":true}', kind: 'text', messageKind: '' };
  if (frame % 11 === 10)
    return {
      data: `\u0082\u00a4type\u00a9telemetry\u00a3seq${String.fromCharCode(frame & 255)}`,
      kind: 'binary',
      messageKind: '',
    };
  if (frame === 120)
    return {
      data: JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id, name: `item ${id}` }))),
      kind: 'text',
      messageKind: 'array',
    };
  return {
    data: JSON.stringify({
      type: 'trade',
      seq: frame,
      symbol: ['BTC', 'ETH', 'SOL'][frame % 3],
      price: 100 + (frame % 977) / 10,
      tags: ['a', 'b'],
      nested: { deep: { er: null, ok: true } },
      pad: 'x'.repeat(60),
    }),
    kind: 'text',
    messageKind: 'trade',
  };
}

/** Three connections in three states. */
export function fakeConnections(): Connection[] {
  const base: Connection = {
    id: 1,
    document: 1,
    url: 'wss://demo.test/ticker?rate=100',
    protocols: ['v2.ticker', 'v1.ticker'],
    protocol: 'v2.ticker',
    extensions: 'permessage-deflate',
    state: 'open',
    source: 'page',
    readOnly: false,
    byUser: false,
    createdAt: START,
    openedAt: START + 34.2,
    firstFrameAt: START + 36.9,
    closedAt: null,
    close: null,
    failure: null,
    sentFrames: 20,
    receivedFrames: 1234,
    sentBytes: 2000,
    receivedBytes: 246_800,
    initiator: 'connect@https://demo.test/app.js:12:8\n    at main (https://demo.test/app.js:3:1)',
    handshake: {
      status: 101,
      statusText: 'Switching Protocols',
      startedAt: START,
      requestHeaders: [
        { name: 'Sec-WebSocket-Key', value: 'dGhlIHNhbXBsZSBub25jZQ==' },
        { name: 'Origin', value: 'https://demo.test' },
      ],
      responseHeaders: [{ name: 'Sec-WebSocket-Accept', value: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }],
      timings: { blocked: 1.2, dns: 3, connect: 8, ssl: 12, send: 0.1, wait: 9.7, receive: 0 },
    },
  };
  return [
    base,
    { ...base, id: 2, url: 'wss://demo.test/chat', protocols: [], protocol: '', handshake: null, receivedFrames: 7 },
    {
      ...base,
      id: 3,
      url: 'wss://demo.test/refused',
      state: 'closed',
      failure: 'Unexpected response code: 403',
      closedAt: START + 80,
      close: { code: 1006, reason: '', wasClean: false, by: 'server' },
    },
  ];
}

/** Earlier sessions. */
export function fakeSessions(): SessionInfo[] {
  return [1, 2, 3].map((number) => ({
    id: `session-${number}`,
    name: number === 2 ? 'Checkout bug' : '',
    site: 'demo.test',
    startedAt: START - number * 86_400_000,
    endedAt: START - number * 86_400_000 + 600_000,
    connections: number,
    frames: number * 12_345,
    bytes: number * 4_567_890,
    importedFrom: number === 3 ? 'capture.har' : null,
    live: false,
    pinned: number === 2,
  }));
}

/** The first of `rows` from `from` on, or down from there; -1 if there is none. */
export function nextOf(rows: readonly number[], from: number, backwards: boolean): number {
  return (backwards ? rows.findLast((row) => row <= from) : rows.find((row) => row >= from)) ?? -1;
}
