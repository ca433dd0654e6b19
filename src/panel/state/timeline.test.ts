import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { look } from '../testing/look';
import { createTimeline } from './timeline';

let fake: FakePanel;

beforeEach(async () => {
  fake = fakePanel(300);
  await look(fake, 270, 300);
});

afterEach(() => fake.close());

it('goes to the moment that was asked for last, also when the way to an earlier one takes longer', async () => {
  const { panel } = fake;
  const { store } = panel.link;
  const timeline = createTimeline(panel);
  const start = panel.frames.rowsHere()[0].time;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { call } = store;
  let calls = 0;
  store.call = (async (...args: Parameters<typeof call>) => {
    if (calls++ === 0) await held;
    return call(...args);
  }) as typeof call;
  const slow = timeline.goTo(start);
  await timeline.goTo(start + 20);
  const there = panel.selection.focus.value?.frame;
  letGo();
  await slow;
  expect(there).toBeGreaterThan(panel.frames.rowsHere()[0].frame);
  expect(panel.selection.focus.value?.frame).toBe(there);
});
