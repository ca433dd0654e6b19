/** A connection of a made up session; times in ms since its beginning. */
export interface FileConnection {
  id: number;
  url: string;
  opened: number;
  /** Absent: still open. */
  closed?: { at: number; code: number };
  extensions?: string;
}

export interface FileFrame {
  at: number;
  connection: number;
  direction: 'sent' | 'received';
  text: string;
}

const BEGAN = Date.UTC(2026, 10, 21, 9, 30);

/** The NDJSON of a session (docs/formats.md) with exactly this in it: for what would take minutes to happen. */
export function sessionFile(connections: readonly FileConnection[], frames: readonly FileFrame[]): string {
  const opens = connections.map(({ id, opened, extensions = '' }) => ({
    at: opened,
    line: eventLine(opened, id, 'open', { protocol: '', extensions }),
  }));
  const messages = frames.map(({ at, connection, direction, text }) => ({
    at,
    line: {
      type: 'frame',
      time: BEGAN + at,
      connection,
      direction,
      kind: 'text',
      length: Buffer.byteLength(text),
      text,
    },
  }));
  const closes = connections.flatMap(({ id, closed }) =>
    closed
      ? {
          at: closed.at,
          line: eventLine(closed.at, id, 'close', {
            code: closed.code,
            reason: '',
            wasClean: closed.code !== 1006,
            by: 'server',
          }),
        }
      : [],
  );
  const events = [...opens, ...messages, ...closes].sort((a, b) => a.at - b.at);
  return [
    {
      type: 'header',
      format: 'framescope',
      version: 1,
      creator: 'test',
      session: { name: 'Made up', site: 'a.test', startedAt: BEGAN },
    },
    { type: 'document', id: 0, url: 'https://a.test/', kind: 'document', frameId: 0, ancestors: [] },
    ...connections.map((connection) => connectionLine(connection, frames)),
    ...events.map(({ line }) => line),
    { type: 'end' },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

function eventLine(at: number, connection: number, kind: string, details: object) {
  const text = JSON.stringify(details);
  return { type: 'frame', time: BEGAN + at, connection, direction: 'received', kind, length: text.length, text };
}

function connectionLine({ id, url, opened, closed, extensions = '' }: FileConnection, frames: readonly FileFrame[]) {
  const own = frames.filter(({ connection }) => connection === id);
  const bytes = (direction: string) =>
    own.reduce((sum, frame) => sum + (frame.direction === direction ? Buffer.byteLength(frame.text) : 0), 0);
  return {
    type: 'connection',
    id,
    document: 0,
    url,
    protocols: [],
    protocol: '',
    extensions,
    state: closed ? 'closed' : 'open',
    source: 'page',
    readOnly: false,
    byUser: false,
    createdAt: BEGAN + opened,
    openedAt: BEGAN + opened,
    closedAt: closed ? BEGAN + closed.at : null,
    close: closed ? { code: closed.code, reason: '', wasClean: closed.code !== 1006, by: 'server' } : null,
    failure: null,
    sentFrames: own.filter(({ direction }) => direction === 'sent').length,
    receivedFrames: own.filter(({ direction }) => direction === 'received').length,
    sentBytes: bytes('sent'),
    receivedBytes: bytes('received'),
    initiator: null,
    handshake: null,
  };
}
