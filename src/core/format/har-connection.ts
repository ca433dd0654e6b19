import * as v from 'valibot';
import type { Connection, HeaderPair } from '../model/connection';
import type { HeldCounts } from './frame-hold';
import type { HarError } from './har-message';
import { checked } from './model-schema';

const headers = v.fallback(v.array(v.object({ name: v.string(), value: v.string() })), []);
const text = v.fallback(v.string(), '');
const duration = v.fallback(v.number(), -1);

const requestSchema = v.object({ url: v.string(), headers });
const responseSchema = v.object({
  status: v.fallback(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
  statusText: text,
  headers,
  _error: text,
});
const timingsSchema = v.object({
  blocked: duration,
  dns: duration,
  connect: duration,
  ssl: duration,
  send: duration,
  wait: duration,
  receive: duration,
});
const initiatorSchema = v.object({
  stack: v.object({
    callFrames: v.array(
      v.object({
        functionName: text,
        url: text,
        lineNumber: v.fallback(v.number(), 0),
        columnNumber: v.fallback(v.number(), 0),
      }),
    ),
  }),
});

/** Members of an entry of another program's HAR, as parsed from JSON. */
export interface ForeignEntry {
  request: unknown;
  response: unknown;
  timings: unknown;
  startedDateTime: unknown;
  initiator: unknown;
}

/**
 * A connection from a HAR entry of another program, read only and closed, since a file is not live.
 * @param id number the connection gets
 * @param seen what its messages tell: counts, the first one's time (ms since the epoch), the first error
 * @param where place of the entry in the file
 * @throws {FormatError} where the entry lacks what a connection needs
 */
export function connectionOfEntry(
  entry: ForeignEntry,
  id: number,
  document: number,
  seen: { counts: HeldCounts; firstTime: number | null; error: HarError | null },
  where: string,
): Connection {
  const request = checked(requestSchema, entry.request, `${where}.request`);
  const response = checked(responseSchema, entry.response ?? {}, `${where}.response`);
  const timings = checked(timingsSchema, entry.timings ?? {}, `${where}.timings`);
  const started = typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) : Number.NaN;
  // Chrome writes a date in 1969 for a connection that never reached the network.
  const startedAt = started > 0 ? started : (seen.firstTime ?? seen.error?.time ?? 0);
  const opened = response.status === 101;
  const waited = timings.blocked + timings.dns + timings.connect + timings.send + timings.wait;
  const openedBy = seen.firstTime ?? Number.POSITIVE_INFINITY;
  return {
    id,
    document,
    url: request.url,
    protocols: valuesOf(request.headers, 'sec-websocket-protocol'),
    protocol: headerOf(response.headers, 'sec-websocket-protocol'),
    extensions: headerOf(response.headers, 'sec-websocket-extensions'),
    state: 'closed',
    source: 'network',
    readOnly: true,
    byUser: false,
    createdAt: startedAt,
    openedAt: opened ? Math.min(startedAt + Math.max(0, waited), openedBy) : null,
    firstFrameAt: opened ? seen.firstTime : null,
    closedAt: opened ? null : (seen.error?.time ?? null),
    close: null,
    failure: opened ? null : seen.error?.message || response._error || null,
    ...seen.counts,
    initiator: stackOf(entry.initiator),
    handshake: {
      status: response.status,
      statusText: response.statusText,
      requestHeaders: request.headers,
      responseHeaders: response.headers,
      startedAt,
      timings,
    },
  };
}

function headerOf(list: HeaderPair[], name: string): string {
  return list.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

function valuesOf(list: HeaderPair[], name: string): string[] {
  return headerOf(list, name)
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** HAR's call frames count lines and columns from 0, printed stacks from 1. */
function stackOf(initiator: unknown): string | null {
  const result = v.safeParse(initiatorSchema, initiator);
  if (!result.success) return null;
  const { callFrames } = result.output.stack;
  const lines = callFrames.map(
    (frame) =>
      `at ${frame.functionName || '(anonymous)'} (${frame.url}:${frame.lineNumber + 1}:${frame.columnNumber + 1})`,
  );
  return lines.length > 0 ? lines.join('\n') : null;
}
