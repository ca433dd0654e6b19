import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

/** The made-up store has dropped its payload. */
const DROPPED = 96;
let fake: FakePanel;

const whenShown = (frame: number | null) =>
  vi.waitFor(() => expect(fake.panel.detail.shown.value?.frame ?? null).toBe(frame));

beforeEach(async () => {
  fake = fakePanel(300);
  await look(fake, 270, 300);
  fake.panel.selection.set({ frame: 280, row: 280 });
  await whenShown(280);
});

afterEach(() => fake.close());

it('says of a frame out of sight that its payload is gone', async () => {
  const { detail, frames, selection } = fake.panel;
  expect(frames.rowAt(DROPPED)).toBeUndefined();
  await selection.moveTo(DROPPED, false);
  await whenShown(DROPPED);
  expect(detail.shown.value).toMatchObject({
    row: { frame: DROPPED },
    total: 0,
    problem: expect.stringMatching(/drop/),
  });
});

it('shows no other frame where nothing is known of the selected one', async () => {
  const { filter, frames, selection } = fake.panel;
  filter.toggleKind('binary');
  await vi.waitFor(() => expect(frames.state.value.rows).toBe(27));
  selection.set({ frame: DROPPED, row: -1 });
  await whenShown(null);
});

it('knows the row of the focused frame in sight and out of it, and no other', async () => {
  const { detail, selection } = fake.panel;
  expect(detail.focused()?.frame).toBe(280);
  await selection.moveTo(10, false);
  expect(detail.focused()).toBeUndefined();
  await whenShown(10);
  expect(detail.focused()?.frame).toBe(10);
});
