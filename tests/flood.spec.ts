import { floodPayload } from '../demo/server';
import { expect, test } from '../src/testing/fixtures';
import { receive } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { countsOf, messages, recorded, whenFrames } from '../src/testing/recorded';

const FRAMES = 50_000;
const SIZE = 200;

test('a flood with the panel shown: no frame is lost, moved or changed @both', async ({ session, demo }) => {
  test.slow();
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.evaluate(receive, { url: `${demo.wsUrl}/flood?count=${FRAMES}&size=${SIZE}`, messages: FRAMES });
  await whenFrames(panel, FRAMES + 1, 60_000);
  expect((await countsOf(panel)).text).not.toContain('dropped');
  const received = messages(await recorded(panel));
  expect(received).toHaveLength(FRAMES);
  const wrong = received.filter(({ payload }, n) => !floodPayload(n, SIZE, false).equals(payload));
  expect(wrong).toEqual([]);
});

test('binary frames at full speed over several sockets keep their order and bytes @both', async ({ session, demo }) => {
  test.slow();
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  const [sockets, each] = [5, 4000];
  const url = `${demo.wsUrl}/flood?count=${each}&size=64&binary=1`;
  await Promise.all(Array.from({ length: sockets }, () => tab.evaluate(receive, { url, messages: each })));
  await whenFrames(panel, sockets * (each + 1), 60_000);
  // They are Blobs, whose bytes follow their rows.
  const log = await until(
    'all payloads whole',
    async () => {
      const now = await recorded(panel);
      return now.frames.every(({ payload, length }) => payload.length === length) ? now : undefined;
    },
    30_000,
  );
  expect(log.connections).toHaveLength(sockets);
  for (const { id } of log.connections) {
    const received = messages(log).filter(({ connection }) => connection === id);
    expect(received).toHaveLength(each);
    expect(received.filter(({ payload }, n) => !floodPayload(n, 64, true).equals(payload))).toEqual([]);
  }
});
