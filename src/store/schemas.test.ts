import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { type Devtools, Machine, Page } from './testing/harness';
import { createLocalProbe } from './testing/local-probe';

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const CHAT = file(
  'chat.proto',
  'package chat; import "user.proto"; message Said { optional User by = 1; optional string text = 2; }',
);
const USER = file('user.proto', 'package chat; message User { optional string name = 1; }');
const TRADE = file(
  'trade.avsc',
  '{"type": "record", "name": "Trade", "fields": [{"name": "symbol", "type": "string"}]}',
);
/** `Said` of Ada: hello. */
const SAID = Uint8Array.of(0x0a, 5, 0x0a, 3, 0x41, 0x64, 0x61, 0x12, 5, 0x68, 0x65, 0x6c, 0x6c, 0x6f);

async function record(devtools: Devtools, urls: string[]): Promise<void> {
  await devtools.begin();
  const page = new Page(devtools, 'page');
  await page.connect();
  for (const [i, url] of urls.entries()) page.socket(i + 1, url).binary(i + 1, SAID);
  await page.send();
}

const summaries = async (devtools: Devtools, query = '') =>
  (await devtools.rows({ query, sort: { column: 'time', descending: false } })).map(({ data }) => data);

it('files are read together, listed, replaced and removed', async () => {
  const devtools = new Machine().start();
  const added = await devtools.call('addSchemas', { files: [CHAT, USER, TRADE] });
  expect(added).toEqual({
    files: [
      { name: 'chat.proto', format: 'proto', bytes: CHAT.bytes.length, types: ['chat.Said'] },
      { name: 'user.proto', format: 'proto', bytes: USER.bytes.length, types: ['chat.User'] },
      { name: 'trade.avsc', format: 'avro', bytes: TRADE.bytes.length, types: ['Trade'] },
    ],
    choices: [],
  });
  const { files } = await devtools.call('addSchemas', { files: [file('trade.avsc', '"string"')] });
  expect(files.at(-1)).toMatchObject({ name: 'trade.avsc', types: ['trade.avsc'] });
  expect((await devtools.call('removeSchema', { name: 'trade.avsc' })).files).toHaveLength(2);
});

it('files that cannot be used change nothing', async () => {
  const devtools = new Machine().start();
  await devtools.call('addSchemas', { files: [CHAT, USER] });
  const before = await devtools.call('schemas', null);
  const refused = async (work: Promise<unknown>, message: string) => {
    await expect(work).rejects.toMatchObject({ name: 'SchemaError', message });
    expect(await devtools.call('schemas', null)).toEqual(before);
  };
  const broken = file('x.proto', 'message A {\n int32 = 1; }');
  await refused(
    devtools.call('addSchemas', { files: [TRADE, broken] }),
    'x.proto, line 2: the name of a field expected, "=" found',
  );
  const twice = file('x.proto', 'package chat; message User {}');
  await refused(
    devtools.call('addSchemas', { files: [twice] }),
    'x.proto, line 1: chat.User is declared already in user.proto',
  );
  await refused(
    devtools.call('removeSchema', { name: 'user.proto' }),
    'chat.proto, line 1: there is no type "User". The file imports "user.proto", not loaded here: choose all files together',
  );
  const large = { name: 'x.proto', bytes: new Uint8Array(5 << 20) };
  await refused(devtools.call('addSchemas', { files: [large] }), 'x.proto: larger than 4 MiB');
});

it('messages are decoded by the type chosen for a pattern, in rows, filters and regexes, and after a restart', async () => {
  const machine = new Machine();
  const devtools = machine.start({ createProbe: createLocalProbe });
  await record(devtools, ['wss://a.test/live?x=1', 'wss://b.test/live']);
  const plain = '{1: {1: "Ada"}, 2: "hello"}';
  expect(await summaries(devtools)).toEqual([plain, plain]);
  await devtools.call('addSchemas', { files: [CHAT, USER] });
  const { choices } = await devtools.call('setDecoderFor', {
    pattern: 'wss://a.test/*',
    decoder: 'protobuf:chat.Said',
  });
  expect(choices).toEqual([{ pattern: 'wss://a.test/*', decoder: 'protobuf:chat.Said', label: 'Said (Protobuf)' }]);
  const named = 'Said {by: {name: "Ada"}, text: "hello"}';
  expect(await summaries(devtools)).toEqual([named, plain]);
  expect(await summaries(devtools, 'chat.User')).toEqual([named]);
  expect(await summaries(devtools, '/Said .by/')).toEqual([named]);
  expect(await summaries(devtools, 'kind:Said')).toEqual([named]);
  expect(await devtools.call('decoders', null)).toContainEqual({ id: 'protobuf:chat.Said', label: 'Said (Protobuf)' });
  const { decoder, reason, tree } = await devtools.call('decode', { log: 'live', frame: 0, decoder: null });
  expect({ decoder, reason, size: tree.size }).toEqual({
    decoder: 'protobuf:chat.Said',
    reason: 'chosen by you',
    size: 2,
  });
  await devtools.call('flush', null);
  machine.kill(devtools);

  const later = machine.start();
  await later.call('schemas', null);
  await record(later, ['wss://a.test/other', 'wss://b.test/']);
  expect(await summaries(later)).toEqual([named, plain]);
  expect((await later.call('schemas', null)).choices).toEqual(choices);

  // One connection may be taken out, and the choice itself be taken back.
  await later.call('setDecoder', { log: 'live', connection: 1, decoder: null });
  expect(await summaries(later)).toEqual([plain, plain]);
  await later.call('setDecoder', { log: 'live', connection: 1, decoder: 'hex' });
  await later.call('setDecoderFor', { pattern: 'wss://a.test/other', decoder: null });
  expect(await summaries(later)).toEqual([named, plain]);
  await later.call('removeSchema', { name: 'chat.proto' });
  expect(await summaries(later)).toEqual([plain, plain]);
  expect((await later.call('schemas', null)).choices).toMatchObject([{ label: null }]);
  // The choice waits for the file.
  await later.call('addSchemas', { files: [CHAT] });
  expect(await summaries(later)).toEqual([named, plain]);
  await later.call('setDecoderFor', { pattern: 'wss://a.test/*', decoder: null });
  expect(await summaries(later)).toEqual([plain, plain]);
  expect(machine.notices).toEqual([]);
});

it('what another DevTools loaded meanwhile stays', async () => {
  const machine = new Machine();
  const [one, other] = [machine.start(), machine.start()];
  await one.call('schemas', null);
  await other.call('addSchemas', { files: [USER] });
  await one.call('addSchemas', { files: [TRADE] });
  await one.call('setDecoderFor', { pattern: 'wss://a.test/*', decoder: 'json' });
  await other.call('setDecoderFor', { pattern: 'wss://b.test/*', decoder: 'avro:Trade' });
  await one.call('setDecoderFor', { pattern: 'wss://c.test/*', decoder: 'text' });
  await other.call('setDecoderFor', { pattern: 'wss://a.test/*', decoder: null });
  for (const devtools of [one, other, machine.start()]) {
    const { files, choices } = await devtools.call('schemas', null);
    expect(files.map(({ name }) => name)).toEqual(['user.proto', 'trade.avsc']);
    const patterns = choices.map(({ pattern }) => pattern);
    if (devtools !== one) expect(patterns).toEqual(['wss://b.test/*', 'wss://c.test/*']);
  }
});

it('without a disk schemas last as long as the store', async () => {
  const devtools = new Machine().start({ openDatabase: () => Promise.reject(new Error('no room')) });
  await record(devtools, ['wss://a.test/']);
  await devtools.call('addSchemas', { files: [CHAT, USER] });
  await devtools.call('setDecoderFor', { pattern: '*', decoder: 'protobuf:>chat.Said' });
  expect(await summaries(devtools)).toEqual(['Said {by: {name: "Ada"}, text: "hello"}']);
});
