import { expect, test } from '../src/testing/fixtures';

test('DevTools has a Framescope tab, and its panel a grid of frames', { tag: '@both' }, async ({ panel }) => {
  await panel.getByRole('grid', { name: 'Frames', exact: true }).waitFor();
  expect(await panel.getByRole('grid', { name: 'Frames', exact: true }).count()).toBe(1);
});
