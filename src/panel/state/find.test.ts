import { afterEach, beforeEach, expect, it } from 'vitest';
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
