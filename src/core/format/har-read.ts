import * as v from 'valibot';
import type { Connection, DocumentInfo } from '../model/connection';
import { pageId } from './har-entry';
import { type HarContext, readEvents, readHarEntry } from './har-entry-read';
import { JsonCursor, parseJson } from './json-cursor';
import { checked, documentSchema, sessionSchema } from './model-schema';
import { TimeOrder } from './time-order';
import { FormatError, type SessionSink } from './types';

const BRACE = 0x7b;

const pagesSchema = v.array(v.object({ id: v.string(), title: v.fallback(v.string(), '') }));
const documentsSchema = v.array(documentSchema);

/**
 * Reads the WebSockets of a HAR file: our own (lossless), Chrome's, or any program's that writes
 * `_webSocketMessages`. Frames come in the order of their times as far as {@link TimeOrder} can hold them. Requests
 * that are no WebSocket are passed over.
 * @throws {FormatError} naming the member, or the byte where the file is no JSON
 */
export async function readHar(chunks: AsyncIterable<Uint8Array>, sink: SessionSink): Promise<void> {
  const cursor = new JsonCursor(chunks);
  try {
    await readFrom(cursor, sink);
  } finally {
    await cursor.close();
  }
}

async function readFrom(cursor: JsonCursor, sink: SessionSink): Promise<void> {
  await cursor.skipByteOrderMark();
  const first = await cursor.peek();
  if (first === -1) throw new FormatError('The file is empty', '');
  if (first !== BRACE)
    throw new FormatError('This is not a HAR file: it does not begin with {', `byte ${cursor.offset}`);

  const ordered = new TimeOrder(sink);
  const reader = new HarReader(cursor, ordered);
  let found = false;
  await cursor.enterObject('The file');
  for (let key = await cursor.key(); key !== null; key = await cursor.key()) {
    if (key !== 'log') await cursor.skip();
    else {
      found = true;
      await reader.log();
    }
  }
  await cursor.finish();
  if (!found) throw new FormatError('This is JSON, but not a HAR file: it has no `log`', '');
  await ordered.finish();
}

class HarReader implements HarContext {
  #own = false;
  #began = false;
  #entries = -1;
  #sockets = 0;
  #nextConnection = 1;
  readonly #connections = new Set<number>();
  readonly #documents = new Map<string, number>();

  constructor(
    readonly cursor: JsonCursor,
    readonly sink: SessionSink,
  ) {}

  async log(): Promise<void> {
    const { cursor } = this;
    await cursor.enterObject('`log`');
    for (let key = await cursor.key(); key !== null; key = await cursor.key()) {
      if (key === 'entries') await this.#readEntries();
      else if (key === '_framescopeSession') {
        this.#own = true;
        this.#session(await this.#value(key));
      } else if (key === '_framescopeDocuments') this.#ownDocuments(await this.#value(key));
      else if (key === '_framescopeEvents' && this.#own) await this.#ownEvents(await this.#value(key));
      else if (key === 'pages' && !this.#own) this.#pages(await this.#value(key));
      else await cursor.skip();
    }
    if (this.#entries < 0) throw new FormatError('This is not a HAR file: it has no `entries`', 'log');
    if (this.#sockets === 0 && !this.#own) {
      const requests = this.#entries === 1 ? '1 request' : `${this.#entries} requests`;
      throw new FormatError(`This HAR file holds ${requests}, but no WebSocket`, 'log.entries');
    }
  }

  documentOf(pageref: string): number {
    return this.#documents.get(pageref) ?? this.#addDocument(pageref, '');
  }

  connectionId(wanted: number | null): number {
    if (wanted === null || this.#connections.has(wanted)) {
      while (this.#connections.has(this.#nextConnection)) this.#nextConnection++;
    }
    const id = wanted === null || this.#connections.has(wanted) ? this.#nextConnection : wanted;
    this.#connections.add(id);
    return id;
  }

  announce(connection: Connection): void {
    this.#sockets++;
    if (!this.#began) this.#session({ site: hostOf(connection.url), startedAt: connection.createdAt });
  }

  async #readEntries(): Promise<void> {
    await this.cursor.enterArray('`log.entries`');
    this.#entries = 0;
    while (await this.cursor.item()) {
      await readHarEntry(this, `log.entries[${this.#entries}]`);
      this.#entries++;
    }
  }

  #session(value: unknown): void {
    this.#began = true;
    this.sink.session(checked(sessionSchema, value, 'log._framescopeSession'));
  }

  #ownDocuments(value: unknown): void {
    for (const document of checked(documentsSchema, value, 'log._framescopeDocuments')) {
      this.#documents.set(pageId(document.id), document.id);
      this.sink.document(document);
    }
  }

  /** Gaps that concern no connection. */
  async #ownEvents(value: unknown): Promise<void> {
    await readEvents(value, 0, 'log._framescopeEvents', this.sink);
  }

  #pages(value: unknown): void {
    for (const page of checked(pagesSchema, value, 'log.pages')) {
      if (!this.#documents.has(page.id)) this.#addDocument(page.id, page.title);
    }
  }

  /** Chrome's title of a page is its URL. */
  #addDocument(pageref: string, url: string): number {
    const ids = [...this.#documents.values()];
    const id = ids.reduce((most, one) => Math.max(most, one), -1) + 1;
    this.#documents.set(pageref, id);
    const document: DocumentInfo = {
      id,
      url,
      kind: pageref === '' ? 'unknown' : 'document',
      frameId: -1,
      ancestors: [],
    };
    this.sink.document(document);
    return id;
  }

  async #value(key: string): Promise<unknown> {
    return parseJson(await this.cursor.value(), () => `log.${key}`);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
