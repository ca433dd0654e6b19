import * as v from 'valibot';
import type { Connection, DocumentInfo } from '../model/connection';
import type { SessionInfo } from '../model/session';
import { FormatError } from './types';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.string();
const id = v.pipe(count, v.maxValue(2 ** 32 - 1));
const time = v.pipe(v.number(), v.finite());
const moment = v.nullable(time);
const header = v.object({ name: text, value: text });

/** A {@link DocumentInfo} as files hold it. */
export const documentSchema = v.object({
  id,
  url: text,
  kind: v.picklist(['document', 'frame', 'worker', 'shared worker', 'service worker', 'unknown']),
  frameId: v.pipe(v.number(), v.safeInteger()),
  ancestors: v.array(text),
}) satisfies v.GenericSchema<unknown, DocumentInfo>;

const handshakeSchema = v.object({
  status: count,
  statusText: text,
  requestHeaders: v.array(header),
  responseHeaders: v.array(header),
  startedAt: time,
  timings: v.object({
    blocked: v.number(),
    dns: v.number(),
    connect: v.number(),
    ssl: v.number(),
    send: v.number(),
    wait: v.number(),
    receive: v.number(),
  }),
});

/** A {@link Connection} as files hold it. */
export const connectionSchema = v.object({
  id,
  document: id,
  url: text,
  protocols: v.array(text),
  protocol: text,
  extensions: text,
  state: v.picklist(['connecting', 'open', 'closing', 'closed']),
  source: v.picklist(['page', 'network']),
  readOnly: v.boolean(),
  byUser: v.boolean(),
  createdAt: time,
  openedAt: moment,
  firstFrameAt: v.optional(moment, null),
  closedAt: moment,
  close: v.nullable(v.object({ code: count, reason: text, wasClean: v.boolean(), by: text })),
  failure: v.nullable(text),
  sentFrames: count,
  receivedFrames: count,
  sentBytes: count,
  receivedBytes: count,
  initiator: v.nullable(text),
  handshake: v.nullable(handshakeSchema),
}) satisfies v.GenericSchema<unknown, Connection>;

/** What files hold of a {@link SessionInfo}; all of it may be left out. */
export const sessionSchema = v.partial(
  v.object({
    id: text,
    name: text,
    site: text,
    startedAt: v.number(),
    endedAt: v.number(),
    connections: count,
    frames: count,
    bytes: count,
    importedFrom: v.nullable(text),
    live: v.boolean(),
    pinned: v.boolean(),
  }),
) satisfies v.GenericSchema<unknown, Partial<SessionInfo>>;

/**
 * The value, if it is of the schema's shape, without members that the schema does not know.
 * @param where place of the value in the file; the path inside of it is added
 * @throws {FormatError} for the first member that is missing or wrong
 */
export function checked<const S extends v.GenericSchema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  const place = path === null ? where : `${where}.${path.replace(/\.(\d+)/g, '[$1]')}`;
  throw new FormatError(`${issue.expected ?? 'another value'} is expected, ${issue.received} found`, place);
}
