import type { Connection } from '../model/connection';
import { fastHarMessage } from './fast-frames';
import { FrameHold } from './frame-hold';
import { readFrameRecord } from './frame-record';
import { connectionOfEntry, type ForeignEntry } from './har-connection';
import { type HarError, readHarMessage } from './har-message';
import { type JsonCursor, parseJson } from './json-cursor';
import { checked, connectionSchema } from './model-schema';
import { FormatError, type SessionSink } from './types';

/** What the entries of one file share. */
export interface HarContext {
  cursor: JsonCursor;
  sink: SessionSink;
  /** Number of the document with that `pageref`. */
  documentOf(pageref: string): number;
  /** A number for the connection that is not taken: `wanted` if possible. */
  connectionId(wanted: number | null): number;
  /** Called once before a connection goes to the sink. */
  announce(connection: Connection): void;
}

/**
 * Reads one item of `log.entries`, on which the cursor stands. Messages of our own files go to the sink as they are
 * read; those of other programs are held until the whole entry is known, because its connection has to come first.
 * @returns whether it was a WebSocket
 * @throws {FormatError}
 */
export async function readHarEntry(context: HarContext, where: string): Promise<boolean> {
  const reader = new EntryReader(context, where);
  await context.cursor.enterObject(where);
  for (let key = await context.cursor.key(); key !== null; key = await context.cursor.key()) await reader.member(key);
  return reader.finish();
}

/** Members that are small in any file; the response may hold a body, so it is walked. */
const WHOLE = ['request', 'timings', 'startedDateTime', '_initiator', 'pageref', '_resourceType'] as const;

class EntryReader {
  readonly #members: Record<string, unknown> = {};
  #own: Connection | null = null;
  #hold: FrameHold | null = null;
  #error: HarError | null = null;

  constructor(
    private readonly context: HarContext,
    private readonly where: string,
  ) {}

  async member(key: string): Promise<void> {
    const { cursor } = this.context;
    if (key === '_framescopeConnection') this.#begin(await this.#value(key));
    else if (key === '_webSocketMessages') await this.#messages();
    else if (key === '_framescopeEvents' && this.#own)
      await this.#events(await this.#value(key), `${this.where}.${key}`);
    else if (key === 'response') this.#members.response = await this.#response();
    else if (WHOLE.some((name) => name === key)) this.#members[key] = await this.#value(key);
    else await cursor.skip();
  }

  async finish(): Promise<boolean> {
    if (this.#own) return true;
    const { request, response, timings, startedDateTime, _initiator, _resourceType, pageref } = this.#members;
    const isSocket = this.#hold !== null || _resourceType === 'websocket' || hasSocketUrl(request);
    if (!isSocket) return false;
    const { context, where } = this;
    const hold = this.#hold ?? new FrameHold();
    const entry: ForeignEntry = { request, response, timings, startedDateTime, initiator: _initiator };
    const document = context.documentOf(typeof pageref === 'string' ? pageref : '');
    const seen = { counts: hold.counts, firstTime: hold.firstTime, error: this.#error };
    const connection = connectionOfEntry(entry, context.connectionId(null), document, seen, where);
    context.announce(connection);
    context.sink.connection(connection);
    for (const frame of hold.frames(connection.id)) {
      const waiting = context.sink.frame(frame);
      if (waiting) await waiting;
    }
    return true;
  }

  #begin(value: unknown): void {
    if (this.#own || this.#hold) throw new FormatError('`_framescopeConnection` must come first', this.where);
    const connection = checked(connectionSchema, value, `${this.where}._framescopeConnection`);
    connection.id = this.context.connectionId(connection.id);
    this.#own = connection;
    this.context.announce(connection);
    this.context.sink.connection(connection);
  }

  async #messages(): Promise<void> {
    const { cursor, sink } = this.context;
    const place = `${this.where}._webSocketMessages`;
    const own = this.#own;
    if (!own) this.#hold ??= new FrameHold();
    await cursor.enterArray(place);
    for (let index = 0; ; index++) {
      let json = cursor.itemNow();
      if (!json) {
        if (!(await cursor.item())) return;
        json = await cursor.value();
      }
      const frame = fastHarMessage(json, own?.id ?? 0);
      if (!frame) await this.#unusual(json, (member) => `${place}[${index}]${member && `.${member}`}`);
      else if (own) {
        const waiting = sink.frame(frame);
        if (waiting) await waiting;
      } else this.#hold?.add(frame);
    }
  }

  /** A message with members of our own, an error, or something wrong. */
  async #unusual(json: Uint8Array, at: (member: string) => string): Promise<void> {
    const record = parseJson(json, () => at(''));
    if (!isRecord(record)) throw new FormatError('A message must be an object', at(''));
    const own = this.#own;
    const message = readHarMessage(record, own?.id ?? 0, at);
    if ('message' in message) this.#error ??= message;
    else if (own) await this.context.sink.frame(message);
    else this.#hold?.add(message);
    if (own && record._framescopeEvents !== undefined) {
      await this.#events(record._framescopeEvents, at('_framescopeEvents'));
    }
  }

  async #events(list: unknown, where: string): Promise<void> {
    if (this.#own) await readEvents(list, this.#own.id, where, this.context.sink);
  }

  async #response(): Promise<unknown> {
    const { cursor } = this.context;
    const where = `${this.where}.response`;
    if ((await cursor.peek()) !== 0x7b) return parseJson(await cursor.value(), () => where);
    const response: Record<string, unknown> = {};
    await cursor.enterObject(where);
    for (let key = await cursor.key(); key !== null; key = await cursor.key()) {
      if (key === 'content') await cursor.skip();
      else response[key] = parseJson(await cursor.value(), () => `${where}.${key}`);
    }
    return response;
  }

  async #value(key: string): Promise<unknown> {
    return parseJson(await this.context.cursor.value(), () => `${this.where}.${key}`);
  }
}

/**
 * Reads a list `_framescopeEvents`: frames of the connection (0 for gaps that concern none) that are no messages.
 * @param where place of the list in the file
 * @throws {FormatError}
 */
export async function readEvents(list: unknown, connection: number, where: string, sink: SessionSink): Promise<void> {
  if (!Array.isArray(list)) throw new FormatError('Events must be a list', where);
  for (const [index, value] of list.entries()) {
    const at = (member: string) => `${where}[${index}]${member && `.${member}`}`;
    const frame = readFrameRecord(value, connection, at);
    if (connection === 0 && frame.kind !== 'gap') throw new FormatError('Only a gap has no connection', at('kind'));
    await sink.frame(frame);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasSocketUrl(request: unknown): boolean {
  return isRecord(request) && typeof request.url === 'string' && /^wss?:/i.test(request.url);
}
