import type { Connection, HeaderPair } from '../model/connection';

/** Members of an entry other than its messages, as Chrome's Network tab orders them. HAR 1.2 `entries`. */
export interface HarEntryHead {
  _framescopeConnection: Connection;
  _initiator: { type: 'script' | 'other'; stack?: { callFrames: HarCallFrame[] } };
  _priority: null;
  _resourceType: 'websocket';
  cache: Record<string, never>;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
  startedDateTime: string;
  time: number;
  timings: Record<string, number>;
  pageref: string;
}

interface HarCallFrame {
  functionName: string;
  scriptId: string;
  url: string;
  lineNumber: number;
  columnNumber: number;
}

const NO_TIMINGS = { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 };

/** Latest time that a JavaScript date can hold, in ms. */
const MAX_DATE = 8.64e15;

/** ISO 8601 text of a time in ms since the epoch; the epoch itself for what is no date. */
export function isoTime(ms: number): string {
  return new Date(Math.abs(ms) <= MAX_DATE ? ms : 0).toISOString();
}

/** The `id` of a document's page in `log.pages`. */
export function pageId(document: number): string {
  return `page_${document}`;
}

/** A connection as a HAR entry, without its messages. What HAR cannot say is in `_framescopeConnection`. */
export function harEntryHead(connection: Connection): HarEntryHead {
  const { handshake } = connection;
  const timings = handshake?.timings ?? NO_TIMINGS;
  const known = (ms: number) => Math.max(0, ms);
  return {
    _framescopeConnection: connection,
    _initiator: initiatorOf(connection.initiator),
    _priority: null,
    _resourceType: 'websocket',
    cache: {},
    request: {
      method: 'GET',
      url: connection.url,
      httpVersion: 'HTTP/1.1',
      headers: handshake?.requestHeaders ?? [],
      queryString: queryOf(connection.url),
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: handshake?.status ?? (connection.openedAt === null ? 0 : 101),
      statusText: handshake?.statusText ?? (connection.openedAt === null ? '' : 'Switching Protocols'),
      httpVersion: 'HTTP/1.1',
      headers: handshake?.responseHeaders ?? [],
      cookies: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: 0,
      _error: null,
    },
    startedDateTime: isoTime(handshake?.startedAt ?? connection.createdAt),
    // HAR 1.2: `ssl` is part of `connect` already.
    time:
      known(timings.blocked) +
      known(timings.dns) +
      known(timings.connect) +
      known(timings.send) +
      known(timings.wait) +
      known(timings.receive),
    timings: { ...timings, send: known(timings.send), wait: known(timings.wait), receive: known(timings.receive) },
    pageref: pageId(connection.document),
  };
}

/** Name and value pairs of a URL's query as they stand in it, not decoded, as Chrome writes them. */
function queryOf(url: string): HeaderPair[] {
  const query = url.split('#', 1)[0].split('?').slice(1).join('?');
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}

function initiatorOf(stack: string | null): HarEntryHead['_initiator'] {
  const callFrames = (stack ?? '').split('\n').flatMap((line) => callFrameOf(line) ?? []);
  return callFrames.length > 0 ? { type: 'script', stack: { callFrames } } : { type: 'other' };
}

/** One line of a stack as V8 (`at name (url:1:2)`) or SpiderMonkey (`name@url:1:2`) prints it. */
function callFrameOf(line: string): HarCallFrame | null {
  const match =
    /^\s*at (?:(?<name>.*?) \()?(?<url>\S*?):(?<line>\d+):(?<column>\d+)\)?$/.exec(line) ??
    /^(?<name>[^@]*)@(?<url>.*):(?<line>\d+):(?<column>\d+)$/.exec(line);
  if (!match?.groups) return null;
  const { name, url, line: row, column } = match.groups;
  return { functionName: name ?? '', scriptId: '', url, lineNumber: Number(row) - 1, columnNumber: Number(column) - 1 };
}
