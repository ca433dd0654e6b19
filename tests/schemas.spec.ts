import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, file_google_protobuf_struct } from '@bufbuild/protobuf/wkt';
import avsc from 'avsc';
import axe from 'axe-core';
import protobufjs from 'protobufjs';
import type { Panel, PanelLocator, Theme } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';

const CHAT = `syntax = "proto3";
package chat;
import "common.proto";
message Envelope {
  uint64 id = 1;
  oneof body { Said said = 2; Joined joined = 3; }
}
message Said { common.User by = 1; string text = 2; repeated uint32 mentions = 3; }
message Joined { common.User who = 1; }
`;
const COMMON = `syntax = "proto3";
package common;
enum Role { GUEST = 0; MEMBER = 1; OWNER = 2; }
message User { string name = 1; Role role = 2; }
`;

const { root } = protobufjs.parse(CHAT.replace(/import.*/, ''), new protobufjs.Root(), { keepCase: true });
protobufjs.parse(COMMON, root, { keepCase: true });
const envelope = root.lookupType('chat.Envelope');
const said = [
  ...envelope
    .encode(
      envelope.fromObject({
        id: '9007199254740993',
        said: { by: { name: 'Ada', role: 'OWNER' }, text: 'hello', mentions: [7, 300] },
      }),
    )
    .finish(),
];

/** A file in the folder of the test that runs. */
const file = (name: string, text: string | Buffer): string => {
  const path = test.info().outputPath(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

/** Opens a socket to the echo endpoint, sends the bytes and waits for them to come back. */
async function echo({ url, bytes }: { url: string; bytes: number[] }): Promise<void> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  await new Promise((open) => socket.addEventListener('open', open));
  const answered = new Promise((answer) => socket.addEventListener('message', answer));
  socket.send(Uint8Array.from(bytes));
  await answered;
  (globalThis as { kept?: WebSocket }).kept = socket;
}

/** The rows of the grid of frames, as text. */
const rows = (panel: Panel): Promise<string[]> =>
  panel.getByRole('grid', { name: 'Frames' }).getByRole('row').allTextContents();

/** Selects the first message of the list and waits for its tree. */
async function select(panel: Panel): Promise<PanelLocator> {
  const message = panel
    .getByRole('grid', { name: 'Frames' })
    .getByRole('row', { name: /Binary|binary|bytes|Envelope/ });
  await message.first().click();
  const tree = panel.getByRole('region', { name: 'Frame' }).getByRole('tree');
  await tree.waitFor();
  return tree;
}

async function violations(panel: Panel): Promise<string[]> {
  return await panel.evaluate(
    `(async () => {
      if (!globalThis.axe) { ${axe.source} }
      const { violations } = await axe.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary));
    })()`,
  );
}

/** Chooses the option of a select that has this value, as a user does. */
async function choose(dialog: PanelLocator, name: string, value: string): Promise<void> {
  const option = dialog.getByRole('combobox', { name }).locator(`option[value="${value}"]`);
  await option.first().evaluate((element) => {
    (element as unknown as HTMLOptionElement).selected = true;
    element.closest('select')?.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

async function openDialog(panel: Panel): Promise<PanelLocator> {
  await panel.getByRole('button', { name: 'Schema…' }).click();
  const dialog = panel.getByRole('dialog', { name: 'Schemas' });
  await dialog.waitFor();
  return dialog;
}

test('a .proto file names what a connection says, also after DevTools was closed @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  let devtools = await session.openDevtools(tab);
  let panel = await devtools.showPanel();
  const url = `${demo.wsUrl}/echo`;
  await tab.evaluate(echo, { url: `${url}?token=1`, bytes: said });
  await whenFrames(panel, 3);
  await select(panel);
  const dialog = await openDialog(panel);
  const load = (...paths: string[]) =>
    panel.chooseFiles(() => dialog.getByRole('button', { name: 'Load files…' }).click(), paths);
  const problem = dialog.getByRole('alert');
  const refused = (words: string) =>
    until(`"${words}"`, async () => (await problem.textContent())?.includes(words) || undefined);

  // What cannot be used is refused with file, line and reason, and changes nothing.
  await load(file('broken.proto', 'syntax = "proto3";\nmessage A {\n  string name 1;\n}'));
  await refused('broken.proto, line 3: "=" expected, "1" found');
  await load(file('chat.proto', CHAT));
  await refused('chat.proto, line 8: there is no type "common.User". The file imports "common.proto"');
  expect(await dialog.getByRole('button', { name: /^Remove/ }).count()).toBe(0);

  await load(file('chat.proto', CHAT), file('common.proto', COMMON));
  await dialog.getByRole('button', { name: 'Remove chat.proto' }).waitFor();
  await until('no problem', async () => (await problem.textContent()) === '' || undefined);
  await choose(dialog, 'Received', 'protobuf:chat.Envelope');
  const pattern = dialog.getByRole('textbox', { name: 'URL pattern' });
  await expect.poll(() => pattern.inputValue()).toBe(url);
  await pattern.fill(`${demo.wsUrl}/*`);
  await dialog.getByRole('button', { name: 'Decode', exact: true }).click();
  await dialog.getByRole('button', { name: `Forget ${demo.wsUrl}/*` }).waitFor();
  expect(await violations(panel)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close the schemas' }).click();

  const decoded = async () => {
    await until(
      'the row',
      async () =>
        (await rows(panel)).some((row) =>
          row.includes(
            'Envelope {id: 9007199254740993, said: {by: {name: "Ada", role: OWNER}, text: "hello", mentions: [7, 300]}}',
          ),
        ) || undefined,
    );
    const tree = panel.getByRole('region', { name: 'Frame' }).getByRole('tree');
    await until('field names', async () => {
      const words = await tree.getByRole('treeitem').allTextContents();
      return (
        (words.some((line) => /said/.test(line)) && words.some((line) => /id.*9007199254740993/.test(line))) ||
        undefined
      );
    });
  };
  await decoded();

  await devtools.close();
  devtools = await session.openDevtools(tab);
  panel = await devtools.showPanel();
  await tab.evaluate(echo, { url: `${demo.wsUrl}/echo?again`, bytes: said });
  await until('frames', async () => (await rows(panel)).length > 3 || undefined);
  await select(panel);
  await decoded();

  // What others need stays; what nobody needs goes, and with it the names.
  const again = await openDialog(panel);
  await again.getByRole('button', { name: 'Remove common.proto' }).click();
  await until(
    'a reason',
    async () => (await again.getByRole('alert').textContent())?.includes('chat.proto') || undefined,
  );
  await again.getByRole('button', { name: 'Remove chat.proto' }).click();
  await until('without names', async () => (await rows(panel)).every((row) => !row.includes('Envelope')) || undefined);
});

test('Avro and descriptor sets are loaded too, one for each direction of Protobuf @both', async ({
  tab,
  panel,
  demo,
}) => {
  const schema = {
    type: 'record',
    name: 'shop.Trade',
    fields: [
      { name: 'symbol', type: 'string' },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    ],
  };
  const trade = avsc.Type.forSchema(schema as avsc.Schema);
  const bytes = [0, 0, 0, 0, 7, ...trade.toBuffer({ symbol: 'AU', at: 1795221911500 })];
  await tab.evaluate(echo, { url: `${demo.wsUrl}/echo`, bytes });
  await whenFrames(panel, 3);
  await select(panel);
  const dialog = await openDialog(panel);
  const set = Buffer.from(toBinary(FileDescriptorProtoSchema, file_google_protobuf_struct.proto));
  await panel.chooseFiles(
    () => dialog.getByRole('button', { name: 'Load files…' }).click(),
    [file('trade.avsc', JSON.stringify(schema)), file('struct.desc', set)],
  );
  await dialog.getByRole('button', { name: 'Remove struct.desc' }).waitFor();
  const decode = async (received: string, sent: string) => {
    await choose(dialog, 'Received', received);
    await choose(dialog, 'Sent', sent);
    await dialog.getByRole('button', { name: 'Decode', exact: true }).click();
  };
  await decode('avro:shop.Trade', '=');
  const row = (words: string) =>
    until(words, async () => (await rows(panel)).filter((each) => each.includes(words)).length === 2 || undefined);
  await row('Trade {symbol: "AU", at: 2026-11-21T00:45:11.500Z}');
  await decode('protobuf:google.protobuf.Struct', 'protobuf:google.protobuf.Value');
  await dialog.getByRole('button', { name: 'Close the schemas' }).click();
  const decoder = panel.getByRole('combobox', { name: 'Decoder of this connection' });
  await until(
    'the decoder',
    async () => (await decoder.inputValue()) === 'protobuf:google.protobuf.Value>google.protobuf.Struct' || undefined,
  );
});

for (const theme of ['light', 'dark'] satisfies Theme[]) {
  test.describe(`in ${theme}`, () => {
    test.use({ launch: { theme } });

    test('the dialog of schemas can be read, and closes with Escape', async ({ tab, panel, demo }) => {
      await tab.evaluate(echo, { url: `${demo.wsUrl}/echo`, bytes: said });
      await whenFrames(panel, 3);
      await select(panel);
      const dialog = await openDialog(panel);
      expect(await violations(panel)).toEqual([]);
      await panel.chooseFiles(
        () => dialog.getByRole('button', { name: 'Load files…' }).click(),
        [file('chat.proto', CHAT), file('common.proto', COMMON)],
      );
      await dialog.getByRole('button', { name: 'Remove chat.proto' }).waitFor();
      expect(await violations(panel)).toEqual([]);
      await panel.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    });
  });
}
