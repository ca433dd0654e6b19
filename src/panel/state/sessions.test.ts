import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';

let fake: FakePanel;
beforeEach(() => {
  fake = fakePanel(10);
});
afterEach(() => {
  vi.useRealTimers();
  fake.close();
});

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

it('sees that another DevTools has ended its session, while the list is open', async () => {
  const { sessions } = fake.panel;
  const [ours, others] = fake.store.sessions.map(({ id }) => id);
  const record = (...live: string[]): void => {
    fake.store.sessions = fake.store.sessions.map((session) => ({ ...session, live: live.includes(session.id) }));
  };
  const shownLive = (): string[] => sessions.list.value!.filter(({ live }) => live).map(({ id }) => id);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  record(ours, others);
  sessions.show();
  await vi.waitFor(() => expect(sessions.list.value).not.toBeNull());
  expect(shownLive()).toContain(others);
  record(ours);
  await vi.waitFor(() => expect(shownLive()).toEqual([ours]), { timeout: 5000 });
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0), { timeout: 5000 });
});

it('asks no more when the list is closed', async () => {
  const { sessions } = fake.panel;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  fake.store.sessions = fake.store.sessions.map((session) => ({ ...session, live: true }));
  sessions.show();
  await vi.waitFor(() => expect(sessions.list.value).not.toBeNull());
  sessions.toggle();
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0), { timeout: 5000 });
});
