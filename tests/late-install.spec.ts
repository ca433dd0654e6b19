import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, recorded } from '../src/testing/recorded';

test('records a tab from before the extension was switched on from its next frame, and asks to reload @both', async ({
  session,
  demo,
}) => {
  await session.enableExtension(false);
  const tab = await session.openPage(`${demo.url}/blank`);
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    (globalThis as { kept?: WebSocket }).kept = socket;
    await new Promise((answer) => {
      socket.onopen = () => socket.send('nobody saw this');
      socket.onmessage = answer;
    });
  }, `${demo.wsUrl}/echo`);
  await session.enableExtension(true);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await panel.getByRole('button', { name: 'Reload to record from the start' }).first().waitFor();
  // Nothing in the page tells that it is patched, so it goes on sending until something is seen.
  const all = await until('its frames', async () => {
    await tab.evaluate(() => (globalThis as unknown as { kept: WebSocket }).kept.send('this is seen'));
    const all = await recorded(panel);
    return messages(all).length >= 2 ? all : undefined;
  });
  expect(new Set(messages(all).map(({ payload }) => payload.toString()))).toEqual(new Set(['this is seen']));
  expect(new Set(messages(all).map(({ direction }) => direction))).toEqual(new Set(['sent', 'received']));
  expect(all.connections).toHaveLength(1);
  await tab.reload();
  await panel.getByRole('button', { name: 'Reload to record from the start' }).first().waitFor({ state: 'detached' });
});
