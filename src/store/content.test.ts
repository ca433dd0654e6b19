import { expect, it } from 'vitest';
import * as registry from '../core/decode/registry';
import type { Decoder } from '../core/decode/types';
import { FLAG, KIND } from '../core/model/frame';
import { Content } from './content';
import { LIMITS } from './limits';
import { FrameLog } from './log';
import { Machine, Page, START } from './testing/harness';

/** Says what the message before it said, as a decoder of split messages would. */
const remembering: Decoder = {
  id: 'remembering',
  label: 'Remembering',
  layer: 'protocol',
  sniff: () => ({ confidence: 1, reason: 'always' }),
  decode(payload, { state }) {
    const text = new TextDecoder().decode(payload);
    const before = typeof state.before === 'string' ? state.before : 'nothing';
    state.before = text;
    const summary = `${text} after ${before}`;
    return { tree: { name: '', type: 'string', value: summary }, summary, kind: '' };
  },
};

it('a frame is decoded with what came before it, in whatever order frames are looked at', async () => {
  const decoders = [...registry.decoders, remembering];
  const devtools = new Machine().start({ loadDecoders: async () => ({ ...registry, decoders }) });
  await devtools.begin();
  const page = new Page(devtools, 'page');
  await page.connect();
  page.socket(1);
  for (const text of ['a', 'b', 'c', 'd', 'e']) page.text(1, text);
  await page.send();
  const summary = async (frame: number) =>
    (await devtools.call('decode', { log: 'live', frame, decoder: 'remembering' })).summary;
  expect([await summary(0), await summary(1)]).toEqual(['a after nothing', 'b after a']);
  expect([await summary(4), await summary(2), await summary(2)]).toEqual(['e after d', 'c after b', 'c after b']);
});

it('a decoder is chosen anew when the payloads come that were still on their way', async () => {
  const devtools = new Machine().start();
  await devtools.begin();
  const page = new Page(devtools, 'page');
  await page.connect();
  const bytes = new TextEncoder().encode(`{"items":[${'1,'.repeat(1 << 20)}1],"end":"the needle"}`);
  page.socket(1);
  page.builder.addBare(START, 1, KIND.text, FLAG.deferred, bytes.length);
  await page.send();
  const decode = () => devtools.call('decode', { log: 'live', frame: 0, decoder: null });
  await expect(decode()).rejects.toThrow('not there');
  for (let at = 0; at < bytes.length; at += 1 << 20) {
    const part = bytes.subarray(at, at + (1 << 20));
    const last = at + part.length === bytes.length;
    page.builder.addNote({ type: 'part', frame: 0, at, bytes: part.length, last }, part);
    await page.send();
  }
  expect(await decode()).toMatchObject({ decoder: 'json' });
});

it('a decoder that the user picks while one is being chosen stays', async () => {
  const log = new FrameLog({ limits: LIMITS, loadSegment: async () => null, loadParts: async () => [] });
  log.connections.create(0, 'wss://a.example/');
  const payload = new TextEncoder().encode('{"a":1}');
  log.appendFrame({ time: START, connection: 1, kind: 'text', direction: 'sent', flags: 0, length: 7, payload });
  let picked: string | undefined;
  const content = new Content(
    log,
    async () => registry,
    () => picked,
  );
  // The first message is read slowly.
  let asked: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let release: (bytes: Uint8Array) => void = () => undefined;
  log.payload = () => {
    asked();
    return new Promise((resolve) => {
      release = resolve;
    });
  };
  const preparing = content.prepare(1);
  await reading;
  picked = 'stomp';
  content.forget();
  release(payload);
  await preparing;
  expect(content.decodersOf(1)).toEqual({ text: 'stomp', binary: 'stomp' });
});
