import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';

let fake: FakePanel;
beforeEach(() => {
  fake = fakePanel(10);
});
afterEach(() => fake.close());

it('purges what a notice was about, and no other deleted session', async () => {
  const { sessions, notices } = fake.panel;
  const [first, second] = fake.store.sessions.map(({ id }) => id);
  await sessions.delete([first]);
  await sessions.delete([second]);
  const [ofFirst, ofSecond] = notices.list.value;
  notices.dismiss(ofFirst.id);
  await vi.waitFor(() => expect(fake.store.purged).toEqual([first]));
  notices.act(ofSecond);
  await vi.waitFor(() => expect(sessions.list.value?.map(({ id }) => id)).toContain(second));
  expect(fake.store.purged).toEqual([first]);
});

it('purges when newer notices take the place of the one with Undo', async () => {
  const { sessions, notices } = fake.panel;
  const [first] = fake.store.sessions.map(({ id }) => id);
  await sessions.delete([first]);
  for (const message of ['one', 'two', 'three']) notices.info(message);
  expect(fake.store.purged).toEqual([]);
  notices.info('four');
  expect(notices.list.value.map(({ message }) => message)).toEqual(['one', 'two', 'three', 'four']);
  await vi.waitFor(() => expect(fake.store.purged).toEqual([first]));
});
