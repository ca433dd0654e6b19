import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';

const MARKED = 50;

let fake: FakePanel;
beforeEach(() => {
  fake = fakePanel(100);
});
afterEach(() => fake.close());

it('stays in the notation of what was typed when that cannot be shown in another', () => {
  const { composer } = fake.panel;
  composer.setKind('hex');
  composer.text.value = 'ff fe 00';
  composer.setKind('text');
  expect(composer.report.value).toEqual({ ok: false, message: 'These bytes are not text (UTF-8)' });
  expect([composer.kind.value, composer.text.value]).toEqual(['hex', 'ff fe 00']);
  composer.setKind('base64');
  expect([composer.kind.value, composer.text.value, composer.report.value]).toEqual(['base64', '//4A', null]);
  composer.text.value = '*';
  composer.setKind('hex');
  expect([composer.kind.value, composer.text.value]).toEqual(['base64', '*']);
  expect(composer.report.value?.message).toContain('Not base64');
});

it('always offers the connection that is sent on, however many are open', async () => {
  const { composer, log } = fake.panel;
  const [open] = fake.store.connections;
  fake.store.connections = Array.from({ length: 300 }, (_, at) => ({ ...open, id: at + 1 }));
  await vi.waitFor(() => expect(log.byId.value.size).toBe(300));
  composer.chosen.value = 7;
  const ids = composer.offered.value.map(({ id }) => id);
  expect([ids[0], ids[1], ids.at(-1)]).toEqual([7, 101, 300]);
  composer.chosen.value = 250;
  expect(composer.offered.value).toHaveLength(200);
});

it('keeps a byte order mark, edited, replayed, and from one notation to another', async () => {
  const { composer, selection, replay } = fake.panel;
  selection.set({ frame: MARKED, row: MARKED });
  await replay.edit();
  expect(composer.text.value).toBe('\ufeff{"marked":true}');
  await replay.selected();
  expect(fake.recorder.sent.map(({ message }) => message)).toEqual([{ kind: 'text', text: '\ufeff{"marked":true}' }]);
  composer.setKind('hex');
  expect(composer.text.value).toMatch(/^ef bb bf 7b/);
  composer.setKind('text');
  expect(composer.text.value).toBe('\ufeff{"marked":true}');
});

it('keeps a byte order mark in what is copied and compared', async () => {
  const { copy, selection, compare } = fake.panel;
  const writeText = vi.fn(async (_text: string) => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  selection.set({ frame: MARKED, row: MARKED });
  await copy.frames('text');
  expect(writeText).toHaveBeenLastCalledWith('\ufeff{"marked":true}');
  await copy.frames('json');
  expect(JSON.parse(writeText.mock.lastCall?.[0] ?? '')).toMatchObject({ text: '\ufeff{"marked":true}' });
  selection.toggle({ frame: MARKED + 1, row: MARKED + 1 });
  await compare.selected();
  expect(compare.pair.value?.[0].lines).toEqual(['\ufeff{', '  "marked": true', '}']);
  vi.unstubAllGlobals();
});
