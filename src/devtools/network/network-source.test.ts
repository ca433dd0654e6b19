import { expect, test } from 'vitest';
import { readBatch } from '../../core/batch/read';
import type { Client } from '../../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../../core/messages/store';
import type { Connection } from '../../core/model/connection';
import { NetworkSource } from './network-source';

const OWN = 'chrome-extension://framescope/';
const START = 1_700_000_000_000;

/** A store that remembers what it was told, and a network log of which a reading takes so many ms. */
class Bench {
  now = START;
  entries: Record<string, unknown>[] = [];
  readings = 0;
  readingMs = 1;
  /** Happens while the log is read, after what is read was put together. */
  meanwhile: (() => void) | null = null;
  private readonly timers: { at: number; run: () => void }[] = [];
  readonly connections: Connection[] = [];
  readonly told: { method: string; params: Record<string, unknown> }[] = [];
  private learn: (data: StoreEvents['connections']) => void = () => undefined;
  finish: ((entry: unknown) => void) | null = null;
  readonly source: NetworkSource;

  constructor() {
    const store = {
      call: async (method: string, params: Record<string, unknown>) => {
        if (method === 'connections') return this.connections;
        this.told.push({ method, params });
        return method === 'connectionAt' ? 100 : null;
      },
      on: (_event: string, listener: typeof this.learn) => {
        this.learn = listener;
        return () => undefined;
      },
    };
    this.source = new NetworkSource({
      store: store as unknown as Client<StoreCalls, StoreEvents>,
      log: {
        read: async () => {
          this.readings++;
          this.now += this.readingMs;
          const { entries, meanwhile } = this;
          this.meanwhile = null;
          meanwhile?.();
          return entries;
        },
        onFinished: (listener) => {
          this.finish = listener;
          return () => {
            this.finish = null;
          };
        },
        ownScripts: OWN,
      },
      now: () => this.now,
      later: (run, ms) => void this.timers.push({ at: this.now + ms, run }),
    });
    this.source.start();
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      this.timers.sort((a, b) => a.at - b.at);
      if (this.timers.length === 0 || this.timers[0].at > end) break;
      const timer = this.timers.shift();
      this.now = Math.max(this.now, timer?.at ?? 0);
      timer?.run();
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    }
    this.now = Math.max(this.now, end);
  }

  page(id: number, more: Partial<Connection> = {}): void {
    const connection = {
      id,
      url: 'wss://example.com/',
      source: 'page',
      state: 'open',
      createdAt: this.now,
      openedAt: this.now + 10,
      closedAt: null,
      close: null,
      failure: null,
      handshake: null,
      sentFrames: 0,
      receivedFrames: 0,
      sentBytes: 0,
      receivedBytes: 0,
      ...more,
    } as Connection;
    this.connections.push(connection);
    this.learn({ log: 'live', changed: [connection], cleared: false });
  }

  messagesTold(): number {
    return this.told
      .filter(({ method }) => method === 'batch')
      .reduce((sum, { params }) => {
        const { kind } = readBatch(params.buffer as ArrayBuffer).columns;
        return sum + kind.filter((one) => one <= 1).length;
      }, 0);
  }
}

function entryOf(key: string, script: string, startedAt: number, messages: number): Record<string, unknown> {
  return {
    _resourceType: 'websocket',
    _initiator: {
      type: 'script',
      stack: { callFrames: [{ functionName: '', url: script, lineNumber: 0, columnNumber: 0 }] },
    },
    startedDateTime: new Date(startedAt).toISOString(),
    request: { url: 'wss://example.com/', headers: [{ name: 'Sec-WebSocket-Key', value: key }] },
    response: { status: 101, headers: [] },
    timings: {},
    _webSocketMessages: Array.from({ length: messages }, (_, index) => ({
      type: index % 2 ? 'receive' : 'send',
      time: (startedAt + 20 + index) / 1000,
      opcode: 1,
      data: `${index}`,
    })),
  };
}

test('takes each message of a worker’s socket once, however often the log is read', async () => {
  const bench = new Bench();
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 3)];
  await bench.pass(3000);
  expect(bench.readings).toBeGreaterThan(1);
  expect(bench.messagesTold()).toBe(3);
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 8)];
  await bench.pass(1000);
  expect(bench.messagesTold()).toBe(8);
  bench.finish?.(entryOf('a', 'blob:https://example.com/1', START + 5, 9));
  await bench.pass(1000);
  expect(bench.messagesTold()).toBe(9);
  expect(bench.told.filter(({ method }) => method === 'documentGone')).toHaveLength(1);
  const document = bench.told.find(({ method }) => method === 'document');
  expect(document?.params).toMatchObject({ source: 'network', document: { kind: 'worker' } });
});

test('takes a socket once that ends while the log is read', async () => {
  const bench = new Bench();
  const entry = entryOf('A', 'https://example.com/worker.js', START + 500, 3);
  bench.meanwhile = () => {
    bench.entries = [entry];
    bench.finish?.(entry);
  };
  await bench.pass(10_000);
  expect(bench.readings).toBeGreaterThan(1);
  expect(bench.messagesTold()).toBe(3);
});

test('gives the handshake of the page’s own socket to its connection and records no frame of it', async () => {
  const bench = new Bench();
  bench.page(7);
  bench.entries = [entryOf('a', `${OWN}page.js`, START + 5, 3)];
  await bench.pass(1000);
  expect(bench.told.map(({ method, params }) => [method, params.connection])).toEqual([['handshake', 7]]);
});

test('takes a socket whose stack is not told for the page’s, if the page announces it in time', async () => {
  const bench = new Bench();
  const untold = (key: string, messages: number) => ({ ...entryOf(key, '', START + 5, messages), _initiator: null });
  bench.entries = [untold('a', 3)];
  await bench.pass(1000);
  bench.page(7, { createdAt: START, openedAt: START + 10 });
  await bench.pass(5000);
  expect(bench.told.map(({ method, params }) => [method, params.connection])).toEqual([['handshake', 7]]);
  bench.finish?.(untold('a', 4));
  await bench.pass(5000);
  expect(bench.messagesTold()).toBe(0);
  bench.entries = [untold('b', 2)];
  await bench.pass(1000);
  expect(bench.messagesTold()).toBe(0);
  await bench.pass(3000);
  bench.finish?.(untold('b', 5));
  await bench.pass(1000);
  expect(bench.messagesTold()).toBe(5);
  expect(bench.told.filter(({ method }) => method === 'documentGone')).toHaveLength(1);
});

test('asks the pages before it takes a socket for a worker’s', async () => {
  const bench = new Bench();
  let asked = 0;
  bench.source.pagesTold = async () => {
    if (asked++ === 0) bench.page(7, { createdAt: START, openedAt: START + 10 });
  };
  bench.entries = [{ ...entryOf('a', '', START + 5, 3), _initiator: null }];
  await bench.pass(5000);
  expect(asked).toBe(1);
  expect(bench.told.map(({ method, params }) => [method, params.connection])).toEqual([['handshake', 7]]);
});

test('spends at most a twentieth of the time on readings', async () => {
  const bench = new Bench();
  bench.readingMs = 200;
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 2000)];
  await bench.pass(60_000);
  expect(bench.readings * 200).toBeLessThanOrEqual(60_000 / 20 + 200);
  expect(bench.readings).toBeGreaterThan(5);
});

test('does not read a log that the page’s own sockets have made long, and says so where workers wait', async () => {
  const bench = new Bench();
  await bench.pass(1000);
  const before = bench.readings;
  bench.page(1, { receivedFrames: 1_000_000, openedAt: START - 60_000, createdAt: START - 60_000 });
  await bench.pass(30_000);
  expect(bench.readings).toBe(before);
  expect(bench.source.behind).toBe(false);
  // Nor is it told of sockets that close, which would come with all their messages.
  expect(bench.finish).toBeNull();
});

test('does not read a log of few but large messages either', async () => {
  const bench = new Bench();
  await bench.pass(1000);
  const before = bench.readings;
  bench.page(1, { sentFrames: 100, sentBytes: 200 << 20, openedAt: START - 60_000, createdAt: START - 60_000 });
  await bench.pass(30_000);
  expect(bench.readings).toBe(before);
  expect(bench.finish).toBeNull();
});

test('says that frames of workers will be late when the log has become too long', async () => {
  const bench = new Bench();
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 3)];
  await bench.pass(1000);
  bench.page(1, { receivedFrames: 1_000_000 });
  await bench.pass(2000);
  expect(bench.source.behind).toBe(true);
});

test('counts what passes while nothing is recorded', async () => {
  const bench = new Bench();
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 1)];
  await bench.pass(1000);
  bench.source.setRecording(false);
  const paused = entryOf('a', 'blob:https://example.com/1', START + 5, 1);
  const meanwhile = { type: 'send', time: (bench.now + 10) / 1000, opcode: 1, data: 'unrecorded' };
  bench.entries = [{ ...paused, _webSocketMessages: [...(paused._webSocketMessages as unknown[]), meanwhile] }];
  await bench.pass(1000);
  bench.source.setRecording(true);
  await bench.pass(2000);
  expect(bench.messagesTold()).toBe(1);
  const last = readBatch(bench.told.findLast(({ method }) => method === 'batch')?.params.buffer as ArrayBuffer);
  expect(new TextDecoder().decode(last.payloads)).toBe('{"frames":1,"bytes":0,"why":"stopped"}');
});

test('counts what passes while nothing is recorded, also where that is more than once before the log is read', async () => {
  const bench = new Bench();
  bench.entries = [entryOf('a', 'blob:https://example.com/1', START + 5, 0)];
  await bench.pass(1000);
  const said = (data: string) => {
    bench.now += 10;
    return { type: 'send', time: bench.now / 1000, opcode: 1, data };
  };
  const messages = [said('before')];
  for (const word of ['first', 'second']) {
    bench.now += 10;
    bench.source.setRecording(false);
    messages.push(said(`unrecorded ${word}`), said(`unrecorded ${word}`));
    bench.now += 10;
    bench.source.setRecording(true);
    messages.push(said(`after the ${word}`));
  }
  bench.finish?.({ ...entryOf('a', 'blob:https://example.com/1', START + 5, 0), _webSocketMessages: messages });
  await bench.pass(1000);
  const last = readBatch(bench.told.findLast(({ method }) => method === 'batch')?.params.buffer as ArrayBuffer);
  const gap = '{"frames":2,"bytes":0,"why":"stopped"}';
  expect(new TextDecoder().decode(last.payloads)).toBe(`before${gap}after the first${gap}after the second`);
});

test('records nothing of sockets of a site that is switched off, which no page script announces', async () => {
  const bench = new Bench();
  bench.source.setDisabledSites(['example.com']);
  const unpatched = entryOf('a', 'https://cdn.test/app.js', START + 5, 3);
  const headers = [
    { name: 'Sec-WebSocket-Key', value: 'a' },
    { name: 'Origin', value: 'https://example.com:8443' },
  ];
  bench.entries = [
    { ...unpatched, request: { url: 'wss://elsewhere.test/', headers } },
    entryOf('b', 'blob:https://example.com/1', START + 5, 3),
    entryOf('c', 'blob:https://other.test/1', START + 5, 5),
  ];
  await bench.pass(1000);
  expect(bench.messagesTold()).toBe(5);
  bench.source.setDisabledSites([]);
  await bench.pass(2000);
  expect(bench.messagesTold()).toBe(11);
});
