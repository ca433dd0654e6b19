import { afterEach, expect, it, vi } from 'vitest';
import { type FakePanel, fakePanel } from '../testing/fakePanel';
import { type UserDecoders, userDecodersOf } from './userDecoders';

let fake: FakePanel;
afterEach(() => fake.close());

async function opened(): Promise<UserDecoders> {
  fake = fakePanel(10);
  const mine = userDecodersOf(fake.panel);
  await mine.open('json');
  return mine;
}

it('a function is begun, saved, chosen for a pattern, and removed', async () => {
  const mine = await opened();
  expect(mine.draft.value).toBeNull();
  mine.start('function');
  expect(mine.dirty.value).toBe(true);
  await mine.save();
  expect([mine.saved.value, mine.dirty.value, mine.list.value?.length]).toEqual([true, false, 1]);
  await mine.useFor('wss://*/x', true);
  expect(mine.uses.value).toEqual(['wss://*/x']);
  await mine.useFor('wss://*/x', false);
  expect(mine.uses.value).toEqual([]);
  await mine.remove();
  expect([mine.draft.value, mine.list.value]).toEqual([null, []]);
});

it('broken code stays in the editor with what is wrong', async () => {
  const mine = await opened();
  mine.start('function');
  const draft = mine.draft.value!;
  const broken = { ...draft, code: 'function decode(;', label: 'Broken' } as typeof draft;
  mine.edit(broken);
  await mine.save();
  expect(mine.problem.value?.line).toBe(2);
  expect(mine.saved.value).toBe(false);
  expect(mine.draft.value).toEqual(broken);
});

it('what was not saved is there when the editor is opened again; the decoder of a frame is shown otherwise', async () => {
  const mine = await opened();
  mine.start('pipeline');
  await mine.save();
  const first = mine.draft.value!;
  mine.start('pipeline');
  await mine.save();
  await mine.open(first.id);
  expect(mine.draft.value?.id).toBe(first.id);
  mine.edit({ ...first, label: 'Renamed' });
  await mine.open('json');
  expect(mine.draft.value?.label).toBe('Renamed');
  expect(userDecodersOf(fake.panel)).toBe(mine);
});

it('a file becomes a draft, or says why not', async () => {
  const mine = await opened();
  await mine.import(new File(['// Framescope decoder: Mine\nfunction decode() {}'], 'a.js'));
  expect(mine.draft.value).toMatchObject({ type: 'function', label: 'Mine', code: 'function decode() {}' });
  await vi.waitFor(() => expect(fake.panel.detail.decoders.value.length).toBeGreaterThan(0));
  await mine.import(new File(['{"type":"pipeline","label":"P","steps":[{"decoder":"nope"}]}'], 'p.json'));
  expect(mine.problem.value?.message).toBe('p.json: step 1: there is no decoder "nope"');
});
