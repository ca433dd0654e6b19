import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(300);
  fake.store.marks.set(10, 'keep this');
  await look(fake, 270, 300);
});

afterEach(() => fake.close());

describe('a frame out of sight', () => {
  it('loses its mark, and gets one again', async () => {
    const { detail, marks, selection } = fake.panel;
    await selection.moveTo(10, false);
    await vi.waitFor(() => expect(detail.shown.value?.frame).toBe(10));
    await marks.toggle();
    expect(fake.store.marks.has(10)).toBe(false);
    await marks.toggle();
    expect(fake.store.marks.get(10)).toBe('');
  });

  it('offers the note that it has', async () => {
    const { detail, marks, selection } = fake.panel;
    await selection.moveTo(10, false);
    await vi.waitFor(() => expect(detail.shown.value?.frame).toBe(10));
    marks.askNote();
    expect(marks.noting.value).toBe('keep this');
  });

  it('keeps its mark and note while nothing is known of it', async () => {
    const { detail, marks, selection } = fake.panel;
    await selection.moveTo(10, false);
    expect(detail.shown.value).toBeNull();
    await marks.toggle();
    marks.askNote();
    expect(marks.noting.value).toBeNull();
    expect(fake.store.marks.get(10)).toBe('keep this');
  });
});

it('marks all that is selected where nothing has the focus', async () => {
  const { marks, selection } = fake.panel;
  selection.all();
  await marks.toggle();
  expect(fake.store.marks.size).toBe(300);
});
