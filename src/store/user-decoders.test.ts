import 'fake-indexeddb/auto';
import { encode } from '@msgpack/msgpack';
import { gzipSync } from 'fflate';
import { beforeEach, expect, it } from 'vitest';
import type { UserDecoder } from '../core/decode/user-decoder';
import type { StoreDeps } from './store';
import { type Devtools, Machine, Page } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';
import { LocalSandbox } from './testing/local-sandbox';

const packed: UserDecoder = {
  type: 'pipeline',
  id: 'mine.packed',
  label: 'Packed',
  steps: [
    { decoder: 'base64', take: ['content'] },
    { decoder: 'gzip', take: ['content'] },
    { decoder: 'msgpack', take: ['content'] },
  ],
};
const reversed: UserDecoder = {
  type: 'function',
  id: 'mine.reversed',
  label: 'Reversed',
  code: `function decode({ text }) {
    if (text === 'bad') throw new TypeError('no such word');
    return { value: { word: [...text].reverse().join('') }, kind: 'word' };
  }`,
};

const deps: Partial<StoreDeps> = { createSandbox: () => new LocalSandbox(), createProbe: createLocalProbe };

beforeEach(() => {
  LocalSandbox.ran = 0;
  LocalSandbox.ended = 0;
});

async function recording(machine: Machine, texts: readonly string[]): Promise<Devtools> {
  const devtools = machine.start(deps);
  await devtools.begin();
  const page = new Page(devtools, 'page');
  await page.connect();
  page.socket(1);
  for (const text of texts) page.text(1, text);
  await page.send();
  return devtools;
}

/** What the rows say, once functions have said it: rows wait for them for a moment only. */
const whenRows = (devtools: Devtools, data: string[]) =>
  expect.poll(async () => (await devtools.rows()).map((row) => row.data)).toEqual(data);

const found = async (devtools: Devtools, query: string) => (await devtools.rows({ query })).map(({ frame }) => frame);

it('a pipeline is used for rows, searches and detail, and remembered', async () => {
  const machine = new Machine();
  const tick = (price: number) => btoa(String.fromCharCode(...gzipSync(encode({ type: 'tick', price }))));
  const devtools = await recording(machine, [tick(17), tick(42)]);
  expect(await devtools.call('saveUserDecoder', { decoder: packed })).toBeNull();
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.packed' });
  const [row] = await devtools.rows();
  expect(row).toMatchObject({ data: '{"type":"tick","price":17}', messageKind: 'type:tick' });
  expect(await found(devtools, '$.price:>20')).toEqual([1]);
  expect(await found(devtools, '/pri[c]e.*17/')).toEqual([0]);
  const detail = await devtools.call('decode', { log: 'live', frame: 1, decoder: null });
  expect(detail).toMatchObject({ label: 'Packed', reason: 'chosen by you' });
  const again = await recording(machine, [tick(3)]);
  expect(await again.call('userDecoders', null)).toEqual([{ decoder: packed, problem: null }]);
  expect((await again.rows())[0].messageKind).toBe('type:tick');
  expect(await again.call('decoders', null)).toContainEqual({ id: 'mine.packed', label: 'Packed' });
});

it('a function is used for rows, searches, regexes, kinds and detail', async () => {
  const devtools = await recording(new Machine(), ['stressed', 'bad', 'tar', 'desserts']);
  await devtools.call('saveUserDecoder', { decoder: reversed });
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.reversed' });
  await whenRows(devtools, ['{word: "desserts"}', 'bad', '{word: "rat"}', '{word: "stressed"}']);
  expect(await found(devtools, 'rat')).toEqual([2]);
  expect(await found(devtools, '$.word:desserts')).toEqual([0]);
  expect(await found(devtools, '/"?ra[t]"?/')).toEqual([2]);
  const bad = await devtools.call('decode', { log: 'live', frame: 1, decoder: null });
  expect(bad.problem).toEqual({ message: 'Reversed failed: TypeError: no such word', at: -1 });
  await devtools.call('watchInsight', { log: 'live', on: true });
  await expect
    .poll(async () => {
      const kinds = await devtools.call('kinds', { log: 'live', connection: 1 });
      return kinds.map(({ kind, frames }) => [kind, frames]);
    })
    .toContainEqual(['word', 3]);
});

it('a search of many frames runs the function once on each', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `w${i}`);
  const devtools = await recording(new Machine(), texts);
  await devtools.call('saveUserDecoder', { decoder: reversed });
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.reversed' });
  expect(await found(devtools, '9992w')).toEqual([2999]);
  expect(LocalSandbox.ran).toBe(3000);
  expect(await found(devtools, '/^.word: "?999[0-9]w/')).toEqual([1999, 2999]);
  expect(await found(devtools, '/9[0]02w/')).toEqual([2009]);
  // All of them were known still.
  expect(LocalSandbox.ran).toBe(3000);
});

it('rows do not wait for a function that takes its time; they are told when it is done', async () => {
  class Slow extends LocalSandbox {
    override postMessage(message: Parameters<LocalSandbox['postMessage']>[0]): void {
      if (message.type === 'code') super.postMessage(message);
      else setTimeout(() => super.postMessage(message), 250);
    }
  }
  const devtools = new Machine().start({ createSandbox: () => new Slow() });
  await devtools.begin();
  const page = new Page(devtools, 'page');
  await page.connect();
  await page.socket(1).text(1, 'tar').send();
  await devtools.call('saveUserDecoder', { decoder: reversed });
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.reversed' });
  const told = new Promise((resolve) => devtools.client.on('rowsChanged', resolve));
  expect((await devtools.rows())[0].data).toBe('tar');
  await told;
  await whenRows(devtools, ['{word: "rat"}']);
});

it('broken code is kept, and said to be broken; saved anew it runs', async () => {
  const machine = new Machine();
  const devtools = await recording(machine, ['tar']);
  const broken = { ...reversed, code: 'function decode( {' };
  expect(await devtools.call('saveUserDecoder', { decoder: broken })).toMatchObject({
    message: expect.stringContaining('SyntaxError'),
  });
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.reversed' });
  const { problem } = await devtools.call('decode', { log: 'live', frame: 0, decoder: null });
  expect(problem?.message).toMatch(/^Reversed: SyntaxError/);
  expect((await machine.start(deps).call('userDecoders', null))[0].decoder).toEqual(broken);
  expect(await devtools.call('saveUserDecoder', { decoder: reversed })).toBeNull();
  await whenRows(devtools, ['{word: "rat"}']);
});

it('a decoder that is removed is chosen nowhere', async () => {
  const devtools = await recording(new Machine(), ['tar']);
  await devtools.call('saveUserDecoder', { decoder: reversed });
  await devtools.call('setDecoder', { log: 'live', connection: 1, decoder: 'mine.reversed' });
  await whenRows(devtools, ['{word: "rat"}']);
  await devtools.call('removeUserDecoder', { id: 'mine.reversed' });
  expect((await devtools.rows())[0]).toMatchObject({ data: 'tar', messageKind: '' });
  expect(LocalSandbox.ended).toBe(1);
  expect(await devtools.call('userDecoders', null)).toEqual([]);
});

it('what another DevTools added stays', async () => {
  const machine = new Machine();
  const [one, two] = [machine.start(deps), machine.start(deps)];
  await one.begin();
  await two.begin();
  await one.call('saveUserDecoder', { decoder: packed });
  await two.call('saveUserDecoder', { decoder: reversed });
  const both = await machine.start(deps).call('userDecoders', null);
  expect(both.map(({ decoder }) => decoder.id)).toEqual(['mine.packed', 'mine.reversed']);
});

it('what is no decoder is refused', async () => {
  const devtools = await recording(new Machine(), []);
  const saving = devtools.call('saveUserDecoder', { decoder: { ...packed, id: 'json' } });
  await expect(saving).rejects.toThrow('there is a decoder "json" already');
});
