import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { chooseDecoder, decoders } from './registry';
import { confusionTable, wrong } from './testing/confusion';
import { recordCorpus } from './testing/corpus';
import { decoderTable } from './testing/decoder-table';
import { PLAIN_CORPUS } from './testing/plain-corpus';
import { SCHEMA_CORPUS, SCHEMA_DECODERS } from './testing/schema-corpus';

/** How many first messages of a connection sniffing sees. */
const SEEN = 32;
const ROOT = new URL('../../../', import.meta.url);
const DOC = new URL('docs/decoders.md', ROOT);
const TABLE = /(<!-- table: made by the tests -->\n)[\s\S]*?(\n<!-- end of the table -->)/;

const corpus = await recordCorpus();
const doc = await readFile(DOC, 'utf8');

const choices = (part: (length: number) => [from: number, to: number], known: boolean) =>
  [...corpus, ...PLAIN_CORPUS].map((recording) => {
    const { url, protocol, messages, decoder } = recording;
    const context = known ? { url, protocol } : { url: 'ws://127.0.0.1/', protocol: '' };
    const chosen = chooseDecoder(context, messages.slice(...part(messages.length)));
    return { right: decoder, chosen: chosen.decoder.id, of: recording.between, reason: chosen.reason };
  });

test('every recorded connection is recognised, plain text, JSON and bytes are left alone', () => {
  const all = choices(() => [0, SEEN], true);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});

test('so it is by what was said alone, without URL and subprotocol', () => {
  const all = choices(() => [0, SEEN], false);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});

test('so it is with URL and subprotocol, from the middle on', () => {
  const all = choices((length) => [Math.floor(length / 2), Math.floor(length / 2) + SEEN], true);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});

// To bring the table up to date: npx vitest run src/core/decode/corpus.test.ts -u
test('the table is that of the registry and of the recorded traffic', async () => {
  const { devDependencies } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const table = decoderTable([...decoders, ...SCHEMA_DECODERS], [...corpus, ...SCHEMA_CORPUS], devDependencies);
  expect(doc).toMatch(TABLE);
  await expect(doc.replace(TABLE, (_, before: string, after: string) => before + table + after)).toMatchFileSnapshot(
    DOC.pathname,
  );
});

test('every decoder has a line that says what it shows', () => {
  const told = [...doc.matchAll(/^- \*\*.+?\*\* \(`(.+?)`\): .{20,}/gm)].map(([, id]) => id);
  expect(told.toSorted()).toEqual([...decoders, ...SCHEMA_DECODERS].map(({ id }) => id).toSorted());
});
