import type { ServerResponse } from 'node:http';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { whenFrames } from '../src/testing/recorded';
import { type Served, serve } from '../src/testing/serve';

let server: Served;
let held: ServerResponse | null = null;
test.beforeAll(async () => {
  server = await serve((_, response) => {
    response.setHeader('access-control-allow-origin', '*');
    held = response;
  });
});
test.afterAll(() => server.close());

// Firefox goes on reading a Blob while its page stands still.
test('the text of a payload that is on its way is there once it came', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    (globalThis as { kept?: WebSocket }).kept = socket;
  }, `${demo.wsUrl}/sink`);
  await whenFrames(panel, 1);
  const sending = tab.evaluate(async (url: string) => {
    (globalThis as { kept?: WebSocket }).kept?.send(new Blob(['{"came":"late"}']));
    // Its row goes out now. The page stands still before the bytes of the Blob were read.
    for (let turn = 0; turn < 20; turn++) await null;
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
  }, `${server.url}/`);
  await panel
    .getByRole('grid', { name: 'Frames' })
    .getByRole('row', { name: /on its way/ })
    .click();
  const frame = panel.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByRole('tab', { name: 'Text' }).click();
  const text = frame.getByRole('region', { name: 'Payload as text' });
  await until('it is told', async () => (await text.textContent())?.includes('still on its way') || undefined);
  (await until('the request of the page', () => held ?? undefined)).end();
  await sending;
  await until('the text', async () => (await text.textContent())?.includes('"late"') || undefined);
  expect(await text.textContent()).not.toContain('on its way');
});
