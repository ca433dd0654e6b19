import { IDBFactory } from 'fake-indexeddb';
import { createBatchBuilder, type Platform } from '../../core/batch/builder';
import type { ConnectionNote } from '../../core/batch/layout';
import * as registry from '../../core/decode/registry';
import { compileFilter } from '../../core/filter';
import * as formats from '../../core/format/registry';
import { type Client, createClient, type Transport } from '../../core/messages/rpc';
import type { FrameRow, StoreCalls, StoreEvents, ViewSpec } from '../../core/messages/store';
import { KIND } from '../../core/model/frame';
import { type Database, openDatabase } from '../database';
import type { Channel } from '../others';
import { createServer } from '../server';
import type { StoreDeps } from '../store';
import { FakeLocks } from './fake-locks';

/** 2026-01-01, the beginning of test time. */
export const START = 1_767_225_600_000;

export const platform: Platform = {
  encodeInto: (text, into) => new TextEncoder().encodeInto(text, into).written,
  subarray: (bytes, from, to) => bytes.subarray(from, to),
  copy: (into, from, at) => into.set(from, at),
  stringify: JSON.stringify,
};

/** A machine: its disk outlives the stores that are started on it. */
export class Machine {
  readonly locks = new FakeLocks();
  readonly notices: string[] = [];
  readonly #channels: Channel[] = [];

  constructor() {
    globalThis.indexedDB = new IDBFactory();
  }

  /** One end of the channel that all stores of the machine share. */
  channel(): Channel {
    const own: Channel = {
      onmessage: null,
      postMessage: () => {
        for (const other of this.#channels) {
          if (other !== own) other.onmessage?.call(other as BroadcastChannel, new MessageEvent('message'));
        }
      },
    };
    this.#channels.push(own);
    return own;
  }

  /** Ends a store as a killed browser does: nothing is said, nothing more is written. */
  kill(devtools: Devtools): void {
    devtools.locks.die();
    devtools.dead = true;
    this.#channels.splice(this.#channels.indexOf(devtools.channel), 1);
    for (const database of devtools.databases) database.close();
  }

  /** Starts a store, as a new DevTools does. */
  start(deps: Partial<StoreDeps> = {}): Devtools {
    return new Devtools(this, deps);
  }
}

/** One DevTools: a store and its only client. */
export class Devtools {
  readonly client: Client<StoreCalls, StoreEvents>;
  readonly locks;
  readonly databases: Database[] = [];
  readonly channel: Channel;
  dead = false;

  constructor(
    readonly machine: Machine,
    deps: Partial<StoreDeps>,
  ) {
    const [near, far] = createPair();
    this.locks = machine.locks.owner();
    this.channel = machine.channel();
    const connect = createServer({
      openDatabase: async (onLost) => {
        const database = await openDatabase(onLost);
        this.databases.push(database);
        return database;
      },
      loadDecoders: async () => registry,
      loadFormats: async () => formats,
      compileFilter,
      locks: this.locks,
      createProbe: null,
      createReader: null,
      createSandbox: null,
      createChannel: () => this.channel,
      now: () => START,
      version: '0.0.0',
      ...deps,
    });
    connect(far);
    this.client = createClient(near);
    this.client.on('notice', ({ message }) => {
      if (!this.dead) machine.notices.push(message);
    });
  }

  call<M extends keyof StoreCalls & string>(method: M, params: StoreCalls[M]['params']) {
    return this.client.call(method, params);
  }

  begin(persist = true): Promise<{ session: string }> {
    return this.call('begin', { site: 'example.com', time: START, persist });
  }

  /** All rows of a view, once its scan is through. */
  async rows(spec: Partial<ViewSpec> = {}, view = 1): Promise<FrameRow[]> {
    await this.settled(spec, view);
    return this.call('rows', { view, from: 0, count: 1_000_000 });
  }

  /** Opens a view. @returns its number of rows once its scan is through */
  async settled(spec: Partial<ViewSpec> = {}, view = 1): Promise<number> {
    const full: ViewSpec = {
      log: 'live',
      query: '',
      connections: null,
      sort: { column: 'time', descending: false },
      ...spec,
    };
    return new Promise((resolve, reject) => {
      const off = this.client.on('view', (state) => {
        if (state.view === view) check(state);
      });
      const check = (state: StoreEvents['view']) => {
        if (state.scanned < state.total && state.stopped === null) return;
        off();
        resolve(state.rows);
      };
      this.call('view', { view, spec: full }).then(check, reject);
    });
  }

  /** Resolves when the disk has everything. */
  async onDisk(): Promise<void> {
    await this.call('flush', null);
  }
}

/** A page of which the store gets batches. */
export class Page {
  readonly builder = createBatchBuilder(platform);
  #sequence = 0;
  #time = START;

  constructor(
    readonly devtools: Devtools,
    readonly key: string,
  ) {}

  connect(url = 'https://example.com/'): Promise<null> {
    const document = { url, kind: 'document' as const, frameId: 0, ancestors: [] };
    return this.devtools.call('document', { key: this.key, document });
  }

  /** Announces a connection. */
  socket(id: number, url = `wss://example.com/${id}`, more: Partial<ConnectionNote> = {}): this {
    this.builder.addNote({
      type: 'connection',
      id,
      url,
      protocols: [],
      protocol: '',
      extensions: '',
      readyState: 0,
      createdAt: START,
      byUser: false,
      stack: null,
      before: null,
      ...more,
    });
    return this;
  }

  /** A text message, one ms after the frame before it. */
  text(id: number, text: string, flags = 0): this {
    this.builder.addText(++this.#time, id, KIND.text, flags, text);
    return this;
  }

  binary(id: number, bytes: Uint8Array, flags = 0): this {
    this.builder.addBytes(++this.#time, id, KIND.binary, flags, bytes);
    return this;
  }

  event(id: number, kind: number, details: object): this {
    this.builder.addText(++this.#time, id, kind, 0, JSON.stringify(details));
    return this;
  }

  send(): Promise<null> {
    const buffer = this.builder.take(++this.#sequence);
    return this.devtools.call('batch', { key: this.key, buffer });
  }
}

/** Two ends of a wire that copies what it carries, as a port does. */
function createPair(): [Transport, Transport] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): Transport => ({
    send(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - own]) listener(copy);
      });
    },
    subscribe: (listener) => listeners[own].push(listener),
  });
  return [end(0), end(1)];
}
