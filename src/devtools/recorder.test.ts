import { expect, onTestFinished, test, vi } from 'vitest';
import type { RecorderMessage } from '../core/messages/port';
import type { RecorderCalls, RecorderEvents } from '../core/messages/recorder';
import { createClient, type Transport } from '../core/messages/rpc';
import type { DocumentPort } from './documents';
import { Recorder } from './recorder';

const portTransport = (port: MessagePort): Transport => ({
  send: (message) => port.postMessage(message),
  subscribe: (listener) => {
    port.onmessage = ({ data }) => listener(data);
  },
});

/** A recorder of one tab, with the ports of its documents in the test's hands. */
async function bench({ keepLog = false, graceMs = 0, save = async (_: unknown): Promise<void> => undefined } = {}) {
  const told: string[] = [];
  let accept: (port: DocumentPort, frameId: number) => void = () => undefined;
  const store = {
    call: async (method: string, params: { key?: string }) => {
      told.push([method, params.key].join(' ').trim());
      return null;
    },
    on: () => () => undefined,
  };
  const nothing = () => undefined;
  const recorder = new Recorder({
    store,
    link: { graceMs, open: (taken: typeof accept) => (accept = taken) },
    network: { start: nothing, setRecording: nothing, setDisabledSites: nothing, navigated: nothing, behind: false },
    inspected: { site: 'example.com', hasAccess: async () => true, injectLate: async () => undefined },
    settings: { keepLog, memoryOnly: false, paused: false, disabledSites: [], ring: null, stacks: false },
    save,
    applySites: async () => undefined,
  } as unknown as ConstructorParameters<typeof Recorder>[0]);
  await recorder.start();
  const ports = new MessageChannel();
  recorder.serve(portTransport(ports.port1));
  const { call } = createClient<RecorderCalls, RecorderEvents>(portTransport(ports.port2));
  onTestFinished(() => ports.port1.close());
  return {
    call,
    /** @returns what the store was told since this was asked last, and how */
    told: () => told.splice(0).filter((one) => /^(document|batch|clear)/.test(one)),
    document(key: string, frameId: number, shownAt: number) {
      const listeners: ((message: unknown) => void)[] = [];
      const ends: (() => void)[] = [];
      const heard: RecorderMessage[] = [];
      accept(
        {
          postMessage: (message) => void heard.push(message as RecorderMessage),
          disconnect: nothing,
          onMessage: { addListener: (listener) => void listeners.push(listener) },
          onDisconnect: { addListener: (listener) => void ends.push(listener) },
        },
        frameId,
      );
      const say = (message: unknown) => {
        for (const listener of listeners) listener(message);
      };
      const url = `https://example.com/${key}`;
      say({ type: 'document', key, url, ancestors: [], shownAt, left: false, off: false, late: false });
      return {
        /** @returns the types of what it was told since this was asked last */
        heard: () => heard.splice(0).map(({ type }) => type),
        /** Answers the only question that it was asked. */
        answer() {
          const ids = heard.flatMap((message) => ('id' in message ? [message.id] : []));
          expect(ids).toHaveLength(1);
          say({ type: 'result', id: ids[0], error: null, closed: false, connection: null });
        },
        batch: (sequence: number) => say({ type: 'batch', sequence, buffer: new ArrayBuffer(8) }),
        end: () => {
          for (const end of ends) end();
        },
      };
    },
  };
}

test('a frame of a new page that is faster than the page goes on being recorded', async () => {
  const { document, told } = await bench();
  const old = document('old', 0, 1000);
  document('old frame', 1, 1500);
  told();
  const frame = document('frame', 2, 2100);
  document('new', 0, 2000);
  expect(told()).toEqual(['document frame', 'documentGone old', 'documentGone old frame', 'clear', 'document new']);
  frame.batch(1);
  old.batch(1);
  expect(told()).toEqual(['batch frame']);
});

test('a page that was replaced is not taken for the new one, however late it comes', async () => {
  const { document, told } = await bench();
  document('new', 0, 2000);
  told();
  document('old', 0, 1000).batch(1);
  expect(told()).toEqual([]);
});

test('a page is recorded after the clock was set back', async () => {
  const { document, told } = await bench();
  document('before', 0, 5000).end();
  told();
  document('after', 0, 4000).batch(1);
  expect(told()).toEqual(['clear', 'document after', 'batch after']);
});

test('a page that was replaced is gone with its port, though it could not say that it is left', async () => {
  const { document, told } = await bench({ keepLog: true, graceMs: 30_000 });
  const lost = document('lost', 0, 1000);
  lost.end();
  told();
  const old = document('old', 0, 2000);
  expect(told()).toEqual(['documentGone lost', 'document old']);
  document('new', 0, 3000);
  old.batch(1);
  old.end();
  expect(told()).toEqual(['document new', 'batch old', 'documentGone old']);
});

test('what the user sets holds for the next page, however slow the browser is to save it', async () => {
  const { document, told, call } = await bench({ save: () => new Promise(() => undefined) });
  document('old', 0, 1000);
  void call('set', { keepLog: true });
  await vi.waitFor(async () => expect(await call('state', null)).toMatchObject({ keepLog: true }));
  document('new', 0, 2000);
  expect(told()).not.toContain('clear');
});

test('settings that are changed at the same time are all kept', async () => {
  const saved: unknown[] = [];
  const save = async (settings: unknown) => {
    saved.push(settings);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const { call } = await bench({ save });
  await Promise.all([
    call('setSiteDisabled', { host: 'a.example', disabled: true }),
    call('set', { keepLog: true }),
    call('setSiteDisabled', { host: 'b.example', disabled: true }),
  ]);
  expect(saved.at(-1)).toMatchObject({ keepLog: true, disabledSites: ['a.example', 'b.example'] });
});

test('says that it does not record any more only when the pages have heard of it', async () => {
  const { document, call } = await bench();
  const page = document('page', 0, 1000);
  expect(page.heard()).toEqual(['ring', 'start', 'settle']);
  let answered = false;
  const answer = call('set', { recording: false }).then((state) => {
    answered = true;
    return state;
  });
  expect(await call('state', null)).toMatchObject({ recording: true });
  expect(answered).toBe(false);
  page.answer();
  expect(page.heard()).toEqual(['ring', 'stop', 'settle']);
  expect(await answer).toMatchObject({ recording: false });
});

test('says so after a while where a page does not answer', async () => {
  const { document, call } = await bench();
  document('page', 0, 1000);
  expect(await call('set', { recording: false })).toMatchObject({ recording: false });
  expect(await call('set', { recording: true })).toMatchObject({ recording: true });
});
