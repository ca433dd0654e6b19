import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decoders } from './registry';
import { recordCorpus } from './testing/corpus';
import { decoderTable } from './testing/decoder-table';

const ROOT = new URL('../../../', import.meta.url);
const DOC = new URL('docs/decoders.md', ROOT);
const TABLE = /(<!-- table: made by the tests -->\n)[\s\S]*?(\n<!-- end of the table -->)/;

const doc = await readFile(DOC, 'utf8');

// To bring the table up to date: npx vitest run src/core/decode/decoders-doc.test.ts -u
test('the table is that of the registry and of the recorded traffic', async () => {
  const { devDependencies } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const table = decoderTable(await recordCorpus(), devDependencies);
  expect(doc).toMatch(TABLE);
  await expect(doc.replace(TABLE, (_, before: string, after: string) => before + table + after)).toMatchFileSnapshot(
    DOC.pathname,
  );
});

test('every decoder has a line that says what it shows', () => {
  const told = [...doc.matchAll(/^- \*\*.+?\*\* \(`(.+?)`\): .{20,}/gm)].map(([, id]) => id);
  expect(told.toSorted()).toEqual(decoders.map(({ id }) => id).toSorted());
});
