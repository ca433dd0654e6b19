import { type Handlers, serve, type Transport } from '../../core/messages/rpc';
import type { DecodedFrame, FrameRow, StoreCalls, StoreEvents, ViewSpec, ViewState } from '../../core/messages/store';
import type { UserDecoderState } from '../../core/messages/user-decoders';
import { FLAG } from '../../core/model/frame';
import type { SchemaState } from '../../core/schema/schema-calls';
import { fakeConnections, fakeSessions, fakeText, nextOf } from './fakeData';
import { fakeInsight } from './fakeInsight';
import { fakeNode } from './fakeNode';

const BROKEN = { message: "SyntaxError: Unexpected token ';'", line: 2 };

/** Enough of a store for the panel to be developed and tested against: frames are made up as they are asked for. */
export class FakeStore {
  frames: number;
  connections = fakeConnections();
  sessions = fakeSessions();
  schemas: SchemaState = { files: [], choices: [] };
  userDecoders: UserDecoderState[] = [];
  /** Sessions that are gone for good. */
  readonly purged: string[] = [];
  readonly marks = new Map<number, string>();
  private readonly views = new Map<number, { spec: ViewSpec; rows: number[] | null }>();
  private readonly decoders = new Map<number, string | null>();
  private readonly emit: ReturnType<typeof serve<StoreCalls, StoreEvents>>;
  private readonly start = Date.UTC(2026, 10, 21, 12);
  /** Delay of each answer in ms, for what a busy store does. */
  delay = 0;
  /** The rows that Find finds, ascending. */
  found: readonly number[] = [];
  /** What the answer to `find` waits for, unless it is cancelled. */
  heldFind: Promise<void> = Promise.resolve();
  /** Why searches are given up. */
  stopped: string | null = null;
  private cancelFind: (none: null) => void = () => undefined;
  /** What the answer to `documents` waits for. */
  held: Promise<void> = Promise.resolve();

  constructor(transport: Transport, frames: number) {
    this.frames = frames;
    this.emit = serve<StoreCalls, StoreEvents>(transport, this.handlers());
  }

  /** Frames arrive. */
  grow(count: number): void {
    this.frames += count;
    this.tellCounts();
    for (const [view, { spec, rows }] of this.views) {
      if (rows)
        for (let frame = this.frames - count; frame < this.frames; frame++)
          if (this.passes(spec, frame)) rows.push(frame);
      this.emit('view', this.stateOf(view));
    }
  }

  /** A frame comes to be among the rows that filters show, or is there no more. */
  list(frame: number, listed: boolean): void {
    for (const [view, each] of this.views) {
      if (!each.rows) continue;
      const others = each.rows.filter((other) => other !== frame);
      each.rows = listed ? [...others, frame].sort((a, b) => a - b) : others;
      this.emit('view', this.stateOf(view));
    }
  }

  clear(): void {
    this.frames = 0;
    for (const view of this.views.values()) if (view.rows) view.rows = [];
    this.emit('connections', {
      log: 'live',
      changed: this.connections.filter(({ state }) => state === 'open'),
      cleared: true,
    });
    this.tellCounts();
    for (const view of this.views.keys()) this.emit('view', this.stateOf(view));
  }

  storageProblem(problem: string): void {
    this.emit('storage', { where: 'memory', problem, usedBytes: 9e8, quotaBytes: 1e9 });
  }

  private tellCounts(): void {
    this.emit('counts', this.counts());
  }

  private counts() {
    return {
      log: 'live',
      frames: this.frames,
      connections: this.connections.length,
      bytes: this.frames * 200,
      dropped: 0,
    };
  }

  private stateOf(view: number): ViewState {
    const { spec, rows } = this.views.get(view)!;
    const broken = /\/([^/]*\[[^\]/]*)\//.exec(spec.query);
    return {
      view,
      rows: rows ? rows.length : this.frames,
      scanned: this.frames,
      total: this.frames,
      problems: broken
        ? [
            {
              start: broken.index,
              end: broken.index + broken[0].length,
              message: 'Not a regular expression (missing “]”): searched as plain text',
            },
          ]
        : [],
      stopped: this.stopped,
    };
  }

  private passes(spec: ViewSpec, frame: number): boolean {
    const row = this.row(frame);
    if (spec.connections && !spec.connections.includes(row.connection)) return false;
    return spec.query
      .split(/\s+/)
      .filter(Boolean)
      .every((term) => {
        if (term.startsWith('dir:')) return row.direction === term.slice(4);
        if (term.startsWith('kind:')) return row.kind === term.slice(5);
        if (term.startsWith('-kind:')) return row.kind !== term.slice(6);
        return term.startsWith('-') ? !row.data.includes(term.slice(1)) : row.data.includes(term);
      });
  }

  private row(frame: number): FrameRow {
    const connection = this.connections[frame % 3];
    const { data, kind, messageKind } = fakeText(frame);
    const sent = frame % 5 === 0;
    return {
      frame,
      time: this.start + frame * 1.37,
      delta: frame < 1 ? null : 1.37,
      gap: frame < 3 ? null : 4.11,
      connection: connection.id,
      kind,
      direction: sent ? 'sent' : 'received',
      flags: (sent ? FLAG.sent : 0) | (frame % 35 === 0 ? FLAG.byUser : 0) | (frame % 97 === 96 ? FLAG.dropped : 0),
      length: new TextEncoder().encode(data).length,
      data: data.slice(0, 300),
      messageKind,
      pair: null,
      marked: this.marks.has(frame),
      note: this.marks.get(frame) ?? '',
    };
  }

  private payload(frame: number): Uint8Array<ArrayBuffer> {
    const { data, kind } = fakeText(frame);
    return kind === 'binary'
      ? Uint8Array.from(data, (character) => character.charCodeAt(0) & 255)
      : new TextEncoder().encode(data);
  }

  private value(frame: number): unknown {
    try {
      return JSON.parse(fakeText(frame).data);
    } catch {
      // Not JSON: its text is its value.
      return fakeText(frame).data;
    }
  }

  private handlers(): Handlers<StoreCalls> {
    const done = () => null;
    const numberAt = (view: number, row: number): number =>
      this.views.get(view)?.rows?.[row] ?? this.ordered(view, row);
    return {
      ...fakeInsight(() => this.frames),
      begin: () => ({ session: 'live' }),
      setPersist: done,
      document: done,
      documentGone: done,
      batch: done,
      flush: done,
      origin: () => null,
      connectionAt: () => null,
      handshake: done,
      clear: done,
      counts: () => this.counts(),
      documents: async () => {
        await this.held;
        return [{ id: 1, url: 'https://demo.test/', kind: 'document', frameId: 0, ancestors: [] }];
      },
      connections: () => this.connections,
      view: ({ view, spec }) => {
        const all = !spec.query && !spec.connections;
        const rows = all
          ? null
          : Array.from({ length: this.frames }, (_, frame) => frame).filter((frame) => this.passes(spec, frame));
        if (rows && spec.sort.descending) rows.reverse();
        this.views.set(view, { spec, rows });
        return this.stateOf(view);
      },
      closeView: ({ view }) => {
        this.views.delete(view);
        return null;
      },
      rows: async ({ view, from, count }) => {
        if (this.delay) await new Promise((resolve) => setTimeout(resolve, this.delay));
        const end = Math.min(from + count, this.stateOf(view).rows);
        return Array.from({ length: Math.max(0, end - from) }, (_, at) => this.row(numberAt(view, from + at)));
      },
      place: ({ view, frame }) => {
        const { rows, spec } = this.views.get(view)!;
        if (!rows) return { row: spec.sort.descending ? this.frames - 1 - frame : frame, exact: frame < this.frames };
        return { row: rows.findLastIndex((each) => each <= frame), exact: rows.includes(frame) };
      },
      frameNumbers: ({ view, from, to }) =>
        Array.from({ length: Math.min(to, this.stateOf(view).rows) - from }, (_, at) => numberAt(view, from + at)),
      find: async ({ from, backwards }) => {
        const cancelled = new Promise<null>((resolve) => {
          this.cancelFind = resolve;
        });
        const held = await Promise.race([this.heldFind.then(() => this.found), cancelled]);
        return { row: nextOf(held ?? [], from, backwards), problems: [], stopped: this.stopped };
      },
      cancelFind: () => {
        this.cancelFind(null);
        return null;
      },
      health: () => ({ findings: [], scanned: this.frames, total: this.frames }),
      timeline: () => ({
        origin: this.start,
        start: this.start,
        width: 1000,
        sentFrames: [0, 1, 2],
        receivedFrames: [3, 4, 5],
        sentBytes: [0, 10, 20],
        receivedBytes: [30, 40, 50],
        activity: [],
        more: 0,
      }),
      searchTree: () => ({ paths: [], complete: true }),
      nodeTerm: () => ({ path: null, term: null }),
      payload: ({ frame, from, to }) => {
        const row = this.row(frame);
        if (row.flags & FLAG.dropped) throw new Error('The payload was dropped to stay within memory');
        const bytes = this.payload(frame);
        return { row, bytes: bytes.slice(from, to).buffer, total: bytes.length, stack: null };
      },
      decode: ({ frame, decoder }): DecodedFrame => ({
        decoder: decoder ?? this.decoders.get(this.row(frame).connection) ?? 'json',
        label: 'JSON',
        reason: 'It begins like JSON',
        summary: '',
        messageKind: fakeText(frame).messageKind,
        tree: fakeNode('', this.value(frame)),
        problem: null,
      }),
      children: ({ frame, path, from, to }) => {
        let value: unknown = this.value(frame);
        for (const index of path) value = Object.values(value as object)[index];
        return Object.entries(value as object)
          .slice(from, to)
          .map(([name, child]) => fakeNode(name, child));
      },
      setDecoder: ({ connection, decoder }) => {
        this.decoders.set(connection, decoder);
        return null;
      },
      decoders: () => [
        { id: 'json', label: 'JSON' },
        { id: 'text', label: 'Text' },
        { id: 'msgpack', label: 'MessagePack' },
      ],
      mark: ({ frames, marked, note }) => {
        for (const frame of frames) {
          if (marked) this.marks.set(frame, note);
          else this.marks.delete(frame);
        }
        return null;
      },
      sessions: () => this.sessions,
      openSession: ({ session }) => this.sessions.find(({ id }) => id === session)!,
      closeSession: done,
      renameSession: ({ session, name }) => {
        this.sessions = this.sessions.map((each) => (each.id === session ? { ...each, name } : each));
        return null;
      },
      pinSession: ({ session, pinned }) => {
        this.sessions = this.sessions.map((each) => (each.id === session ? { ...each, pinned } : each));
        return null;
      },
      deleteSessions: ({ sessions }) => {
        this.sessions = this.sessions.filter(({ id }) => !sessions.includes(id));
        return null;
      },
      undeleteSessions: ({ sessions }) => {
        this.sessions = [...this.sessions, ...fakeSessions().filter(({ id }) => sessions.includes(id))];
        return null;
      },
      purge: ({ sessions }) => {
        this.purged.push(...sessions);
        return null;
      },
      storage: () => ({ where: 'disk', problem: null, usedBytes: 12e6, quotaBytes: 2e9 }),
      setBudget: done,
      formats: () => [
        { id: 'har', label: 'HAR', extension: 'har' },
        { id: 'ndjson', label: 'NDJSON', extension: 'ndjson' },
      ],
      export: ({ format }) => ({ file: new Blob(['{}']), name: `demo.${format}`, frames: 1 }),
      import: ({ name }) => {
        throw Object.assign(new Error(`${name} is no HAR file`), { name: 'FormatError', where: 'byte 0' });
      },
      cancel: done,
      userDecoders: () => this.userDecoders,
      saveUserDecoder: ({ decoder }) => {
        const problem = decoder.type === 'function' && decoder.code.includes('(;') ? BROKEN : null;
        const others = this.userDecoders.filter(({ decoder: { id } }) => id !== decoder.id);
        this.userDecoders = [...others, { decoder, problem }];
        return problem;
      },
      removeUserDecoder: ({ id }) => {
        this.userDecoders = this.userDecoders.filter(({ decoder }) => decoder.id !== id);
        return null;
      },
      schemas: () => this.schemas,
      addSchemas: ({ files }) => {
        const types = ['demo.Tick', 'demo.Order'];
        const added = files.map(({ name, bytes }) => ({ name, format: 'proto' as const, bytes: bytes.length, types }));
        this.schemas = { ...this.schemas, files: [...this.schemas.files, ...added] };
        return this.schemas;
      },
      removeSchema: ({ name }) => {
        this.schemas = { ...this.schemas, files: this.schemas.files.filter((file) => file.name !== name) };
        return this.schemas;
      },
      setDecoderFor: ({ pattern, decoder }) => {
        const others = this.schemas.choices.filter((choice) => choice.pattern !== pattern);
        const choices = decoder === null ? others : [...others, { pattern, decoder, label: decoder }];
        this.schemas = { ...this.schemas, choices };
        return this.schemas;
      },
    };
  }

  private ordered(view: number, row: number): number {
    return this.views.get(view)?.spec.sort.descending ? this.frames - 1 - row : row;
  }
}
