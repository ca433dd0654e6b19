import { expect, test } from '../src/testing/fixtures';

test('the panel lists what a socket of the page sends and receives', { tag: '@both' }, async ({ tab, panel, demo }) => {
  const frames = panel.getByRole('grid', { name: 'Frames', exact: true });
  await frames.waitFor();
  await tab.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    socket.send('a message that comes back');
    await new Promise((resolve) => socket.addEventListener('message', resolve));
  }, `${demo.wsUrl}/echo`);
  const rows = frames.getByRole('row', { name: 'a message that comes back' });
  await expect.poll(() => rows.count()).toBe(2);
});
