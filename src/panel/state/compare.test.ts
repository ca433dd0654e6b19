import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(300);
  fake.panel.sort.value = { column: 'time', descending: true };
  await look(fake, 0, 30);
  await vi.waitFor(() => expect(fake.panel.frames.rowAt(0)?.frame).toBe(299));
  fake.panel.selection.set({ frame: 291, row: 8 });
  fake.panel.selection.toggle({ frame: 292, row: 7 });
});

afterEach(() => fake.close());

const compared = () => fake.panel.compare.pair.value?.map(({ row }) => row.frame) ?? null;

it('stays while rows move, and ends when something else is selected', async () => {
  const { compare, frames, selection } = fake.panel;
  await compare.selected();
  expect(compared()).toEqual([291, 292]);
  fake.store.grow(5);
  await vi.waitFor(() => expect(selection.focus.value).toEqual({ frame: 292, row: 12 }));
  expect(compared()).toEqual([291, 292]);
  selection.set({ frame: 292, row: 12 });
  expect(compared()).toBeNull();
  await look(fake, 0, 30);
  expect(frames.rowAt(12)?.frame).toBe(292);
});

it('does not begin after something else was selected', async () => {
  const { compare, selection } = fake.panel;
  const asked = compare.selected();
  selection.set({ frame: 280, row: 19 });
  await asked;
  expect(compared()).toBeNull();
});

it('ends when the log is cleared', async () => {
  await fake.panel.compare.selected();
  fake.panel.clear();
  await vi.waitFor(() => expect(compared()).toBeNull());
});
