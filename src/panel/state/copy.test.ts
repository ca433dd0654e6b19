import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';

/** The made-up store has dropped its payload. */
const DROPPED = 96;

let fake: FakePanel;
const writeText = vi.fn(async (_text: string) => undefined);
const messages = () => fake.panel.notices.list.value.map(({ message }) => message);
beforeEach(() => {
  fake = fakePanel(200);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
});
afterEach(() => {
  fake.close();
  vi.unstubAllGlobals();
  writeText.mockClear();
});

it('copies what is there and says how much is not', async () => {
  const { copy, selection } = fake.panel;
  for (const frame of [95, DROPPED, 97]) selection.toggle({ frame, row: frame });
  await copy.frames('text');
  expect(writeText.mock.lastCall?.[0].split('\n').map((line) => JSON.parse(line).seq)).toEqual([95, 97]);
  expect(messages()).toEqual(['Copied 2 of 3 frames, the payload of 1 is not there']);
});

it('copies nothing when nothing is there, and says why', async () => {
  const { copy, selection } = fake.panel;
  selection.set({ frame: DROPPED, row: DROPPED });
  await copy.frames('text');
  expect(writeText).not.toHaveBeenCalled();
  expect(messages()).toEqual(['The payload was dropped to stay within memory']);
});
