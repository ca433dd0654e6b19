import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(300);
  await look(fake, 270, 300);
  fake.store.found = [3, 90, 200];
  fake.panel.find.text.value = 'sought';
});

afterEach(() => fake.close());

const next = (backwards = false) => fake.panel.find.next(backwards, () => undefined);
const row = () => fake.panel.selection.focus.value?.row;

it('takes each step from where the one before led, also when that is still under way', async () => {
  await Promise.all([next(), next()]);
  expect(row()).toBe(90);
  await Promise.all([next(true), next(true)]);
  expect(row()).toBe(200);
  expect(fake.panel.find.outcome.value).toBe('around');
});

it('takes no step any more that was asked for another text', async () => {
  const steps = Promise.all([next(), next()]);
  fake.panel.find.text.value = 'something else';
  await steps;
  expect(row()).toBeUndefined();
});

const changes: [string, () => Promise<void>][] = [
  [
    'another text',
    async () => {
      fake.panel.find.text.value = 'else';
    },
  ],
  [
    'a closed bar',
    async () => {
      fake.panel.find.open.value = false;
    },
  ],
  [
    'another list',
    async () => {
      const { frames, sort } = fake.panel;
      const { view } = frames.state.value;
      sort.value = { column: 'time', descending: true };
      await vi.waitFor(() => expect(frames.state.value.view).not.toBe(view));
    },
  ],
];

it.each(changes)('ends a step that takes long for %s, so that the next one begins at once', async (_what, change) => {
  const { find } = fake.panel;
  find.show();
  fake.store.heldFind = new Promise(() => undefined);
  const long = next();
  await vi.waitFor(() => expect(find.outcome.value).toBe('searching'));
  await change();
  await long;
  fake.store.heldFind = Promise.resolve();
  expect([row(), find.outcome.value]).toEqual([undefined, '']);
  await next();
  expect(row()).toBe(3);
});

it('says that a step was stopped, until another text is sought', async () => {
  const { find } = fake.panel;
  find.show();
  fake.store.found = [];
  fake.store.stopped = 'Stopped: /(a+)+$/ takes too long on some frames';
  await next();
  expect(find.stopped.value).toBe(fake.store.stopped);
  fake.store.stopped = null;
  find.text.value = 'else';
  await vi.waitFor(() => expect(find.found.value).not.toBeNull(), { timeout: 5000 });
  expect(find.stopped.value).toBeNull();
});
