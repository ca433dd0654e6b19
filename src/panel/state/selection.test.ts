import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(300);
  await look(fake, 270, 300);
});

afterEach(() => fake.close());

const whenRows = (rows: number) => vi.waitFor(() => expect(fake.panel.frames.state.value.rows).toBe(rows));

async function newestFirst(): Promise<void> {
  fake.panel.sort.value = { column: 'time', descending: true };
  await look(fake, 0, 30);
  await vi.waitFor(() => expect(fake.panel.frames.rowAt(0)?.frame).toBe(299));
}

/** The frame in row 20 of 27 binary ones, which gets the focus. */
async function focusAmongBinary(): Promise<number> {
  const { selection, filter, frames } = fake.panel;
  filter.toggleKind('binary');
  await whenRows(27);
  await look(fake, 0, 27);
  const { frame } = frames.rowAt(20)!;
  selection.set({ frame, row: 20 });
  return frame;
}

/** The focus and the row that it says it is on. */
const focused = () => {
  const spot = fake.panel.selection.focus.value;
  return spot && { ...spot, drawn: fake.panel.frames.rowAt(spot.row)?.frame };
};

describe('a range', () => {
  it('begins anew where the filter hides the frame at which it began', async () => {
    const { selection, filter, frames } = fake.panel;
    await selection.moveTo(100, false);
    filter.toggleKind('binary');
    await whenRows(27);
    await vi.waitFor(() => expect(selection.focus.value).toEqual({ frame: 100, row: -1 }));
    await look(fake, 0, 27);
    const spot = { frame: frames.rowAt(20)!.frame, row: 20 };
    await selection.extendTo(spot);
    expect(await selection.numbers()).toEqual([spot.frame]);
    await selection.extendTo({ frame: frames.rowAt(22)!.frame, row: 22 });
    expect(await selection.numbers()).toHaveLength(3);
    expect(fake.panel.notices.list.value).toEqual([]);
  });

  it('holds what stands between its ends, also when rows came before them meanwhile', async () => {
    const { selection } = fake.panel;
    await newestFirst();
    selection.set({ frame: 290, row: 9 });
    const extended = selection.extendTo({ frame: 287, row: 12 });
    fake.store.grow(7);
    await extended;
    expect(await selection.numbers()).toEqual([287, 288, 289, 290]);
  });

  it('is whole for whoever asks for its frames while it is being selected', async () => {
    const { selection } = fake.panel;
    selection.set({ frame: 280, row: 280 });
    void selection.moveTo(281, true);
    void selection.moveTo(selection.row() + 1, true);
    expect(await selection.numbers()).toEqual([280, 281, 282]);
  });

  it('does so also when they come between the questions', async () => {
    const { selection, frames } = fake.panel;
    await newestFirst();
    selection.set({ frame: 290, row: 9 });
    const { numbers } = frames;
    let times = 0;
    frames.numbers = (from, to) => {
      if (times++ < 3) fake.store.grow(50);
      return numbers(from, to);
    };
    await selection.extendTo({ frame: 287, row: 12 });
    expect(await selection.numbers()).toEqual([287, 288, 289, 290]);
  });
});

describe('all', () => {
  it('is left by the frames that are toggled, and by no others', async () => {
    const { selection } = fake.panel;
    selection.all();
    selection.toggle({ frame: 280, row: 280 });
    selection.toggle({ frame: 283, row: 283 });
    selection.toggle({ frame: 280, row: 280 });
    expect(await selection.numbers()).toEqual(
      Array.from({ length: 300 }, (_, frame) => frame).filter((n) => n !== 283),
    );
    expect([selection.size.value, selection.has(283), selection.has(280)]).toEqual([299, false, true]);
    selection.toggle({ frame: 283, row: 283 });
    expect(selection.size.value).toBe(300);
  });

  it('stays when it is selected again meanwhile', async () => {
    const { selection } = fake.panel;
    selection.all();
    selection.toggle({ frame: 280, row: 280 });
    selection.all();
    expect(await selection.numbers()).toHaveLength(300);
  });
});

describe('the focus', () => {
  it('says where it is on its way to, until it is there or is sent elsewhere', async () => {
    const { selection } = fake.panel;
    const moved = selection.moveTo(20, false);
    expect(selection.row()).toBe(20);
    await moved;
    expect([selection.row(), selection.focus.value?.row]).toEqual([20, 20]);
    const overtaken = selection.moveTo(40, false);
    selection.set({ frame: 280, row: 280 });
    expect(selection.row()).toBe(280);
    await overtaken;
    expect(selection.focus.value?.row).toBe(280);
  });

  it('stays on its frame when others come before it, while the list follows the latest', async () => {
    const { selection, frames } = fake.panel;
    await newestFirst();
    selection.set({ frame: 294, row: 5 });
    expect(frames.following.value).toBe(true);
    fake.store.grow(5);
    await whenRows(305);
    expect(focused()).toEqual({ frame: 294, row: 10, drawn: 294 });
  });

  it('does so also out of sight', async () => {
    const { selection } = fake.panel;
    await newestFirst();
    await selection.moveTo(250, false);
    expect(focused()).toEqual({ frame: 49, row: 250, drawn: undefined });
    fake.store.grow(5);
    await vi.waitFor(() => expect(selection.focus.value).toEqual({ frame: 49, row: 255 }));
  });

  it('stays on its frame when late frames are put in before it', async () => {
    const frame = await focusAmongBinary();
    fake.store.list(frame - 1, true);
    await whenRows(28);
    await vi.waitFor(() => expect(focused()).toEqual({ frame, row: 21, drawn: frame }));
  });

  it('has no place when its frame leaves the list, and none is drawn in its stead', async () => {
    const frame = await focusAmongBinary();
    fake.store.list(frame, false);
    await whenRows(26);
    await vi.waitFor(() => expect(fake.panel.selection.focus.value).toEqual({ frame, row: -1 }));
  });
});
