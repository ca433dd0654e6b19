import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(() => {
  fake = fakePanel(300);
  fake.panel.filter.text.value = '$.ty';
});

afterEach(() => fake.close());

const texts = () => fake.panel.suggestions.list.value.map(({ text }) => text);

async function whenARowPasses(): Promise<void> {
  await vi.waitFor(() => expect(fake.panel.frames.state.value).toMatchObject({ rows: 0, scanned: 300 }));
  fake.store.list(4, true);
  await look(fake, 0, 1);
}

it('comes when there is something to suggest, also to one who typed before that', async () => {
  const { suggestions, filterTools } = fake.panel;
  suggestions.ask(4);
  expect(texts()).toEqual([]);
  await filterTools.load();
  await whenARowPasses();
  await vi.waitFor(() => expect(texts().some((text) => text.includes('type'))).toBe(true));
});

it('does not come any more to one who has left the box', async () => {
  const { suggestions, filterTools } = fake.panel;
  suggestions.ask(4);
  suggestions.close();
  await filterTools.load();
  await whenARowPasses();
  expect(texts()).toEqual([]);
});
