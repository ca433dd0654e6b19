import { floodPayload } from '../demo/server';
import { FirefoxDevtools } from '../src/testing/firefox/firefox-devtools';
import { FirefoxSession } from '../src/testing/firefox/firefox-session';
import { expect, test } from '../src/testing/fixtures';
import { converse, receive } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { countsOf, messages, recorded, whenFrames } from '../src/testing/recorded';

const SIZE = 200;

/** Frames that are missing, moved or changed. */
const wrongOf = (all: Awaited<ReturnType<typeof recorded>>) =>
  messages(all).filter(({ payload }, n) => !floodPayload(n, SIZE, false).equals(payload));

const COUNT = 20_000;

// At a pace there is traffic all the time, at full speed more than fits. Firefox's own tools take a good part of it.
for (const pace of [2000, 0]) {
  const speed = pace === 0 ? 'at full speed' : `of ${pace} frames a second`;
  test(`no frame is lost of a flood ${speed} while the background is stopped again and again @firefox`, async ({
    session,
    tab,
    panel,
    demo,
  }) => {
    if (!(session instanceof FirefoxSession)) throw new TypeError('Not Firefox');
    test.slow();
    const url = `${demo.wsUrl}/flood?count=${COUNT}&size=${SIZE}&rate=${pace}`;
    const done = tab.evaluate(receive, { url, messages: COUNT });
    for (let stops = 1; stops <= 4; stops++) {
      await whenFrames(panel, (stops * COUNT) / 5, 60_000);
      await session.stopBackground();
    }
    await done;
    await whenFrames(panel, COUNT + 1, 60_000);
    expect((await countsOf(panel)).text).not.toContain('dropped');
    const all = await recorded(panel);
    expect(messages(all)).toHaveLength(COUNT);
    expect(wrongOf(all)).toEqual([]);
    expect(all.connections.map(({ state, receivedFrames }) => [state, receivedFrames])).toEqual([['open', COUNT]]);
  });
}

test('what is said while the background is stopped is recorded, of documents that come and go too @firefox', async ({
  session,
  tab,
  panel,
  demo,
}) => {
  if (!(session instanceof FirefoxSession)) throw new TypeError('Not Firefox');
  const url = `${demo.wsUrl}/echo`;
  await panel.getByRole('checkbox', { name: 'Keep log' }).click();
  await tab.evaluate(converse, { url, texts: ['before'] });
  await whenFrames(panel, 3);
  await session.stopBackground();
  await tab.evaluate(converse, { url, texts: ['while it was stopped'] });
  await whenFrames(panel, 6);
  await session.stopBackground();
  await tab.goto(`${demo.url}/first`);
  await until('the page that came', async () => messages(await recorded(panel)).length === 6 || undefined);
  const texts = messages(await recorded(panel)).map(({ payload }) => payload.toString());
  const thrice = ['before', 'while it was stopped', 'from the first script'];
  expect(texts).toEqual(thrice.flatMap((text) => [text, text]));
});

test('the panel survives being moved to another side, in the midst of a flood @firefox', async ({
  devtools,
  tab,
  panel,
  demo,
}) => {
  if (!(devtools instanceof FirefoxDevtools)) throw new TypeError('Not Firefox');
  const done = tab.evaluate(receive, {
    url: `${demo.wsUrl}/flood?count=${COUNT}&size=${SIZE}&rate=2000`,
    messages: COUNT,
  });
  await whenFrames(panel, 1);
  for (const [index, side] of (['right', 'bottom', 'left', 'window'] as const).entries()) {
    await devtools.moveTo(side);
    const moved = await devtools.showPanel();
    await whenFrames(moved, ((index + 1) * COUNT) / 5, 60_000);
    const rows = moved.getByRole('grid', { name: 'Frames' }).getByRole('row');
    await rows.nth(1).waitFor();
  }
  await done;
  const moved = await devtools.showPanel();
  await whenFrames(moved, COUNT + 1);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['after all'] });
  await whenFrames(moved, COUNT + 4);
  const all = await recorded(moved);
  expect(all.connections).toHaveLength(2);
  const flood = { ...all, frames: all.frames.filter(({ connection }) => connection === all.connections[0].id) };
  expect(messages(flood)).toHaveLength(COUNT);
  expect(wrongOf(flood)).toEqual([]);
});
