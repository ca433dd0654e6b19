import type { BrowserSession } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { messages, recorded, whenFrames } from '../src/testing/recorded';
import { type Scenario, scenarios } from './libraries/scenarios';
import { type LibraryServer, startLibraryServer } from './libraries/servers';

let server: LibraryServer;
test.beforeAll(async () => {
  server = await startLibraryServer();
});
test.afterAll(() => server.close());

/** Runs a scenario in a page; the page's own errors are told at its end. */
async function play(session: BrowserSession, { scripts, run }: Scenario, devtools: boolean) {
  const page = await session.openPage('about:blank');
  const panel = devtools ? await (await session.openDevtools(page)).showPanel() : null;
  await page.goto(`${server.url}/page?${scripts.join('&')}`);
  await page.evaluate(() => {
    const errors: string[] = [];
    Object.assign(globalThis, { errors });
    addEventListener('error', ({ message }) => errors.push(message));
    addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  });
  const told = await page.evaluate(run, server.wsUrl);
  const errors = await page.evaluate(() => (globalThis as unknown as { errors: string[] }).errors);
  return { told: [...told, ...errors.map((error) => `error ${error}`)], panel };
}

const both = new Set(['socket.io-client', 'graphql-ws', '@microsoft/signalr', 'zone.js']);

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`${name} does the same with Framescope as without, and is recorded${both.has(name) ? ' @both' : ''}`, async ({
    driver,
    session,
  }) => {
    const { told, panel } = await play(session, scenario, true);
    const plain = await driver.launch({ extension: null });
    try {
      expect(told).toEqual((await play(plain, scenario, false)).told);
    } finally {
      await plain.close();
    }
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter((line) => line.startsWith('error '))).toEqual(
      name === 'graphql-ws' ? [expect.stringContaining('missing')] : [],
    );
    await whenFrames(panel!, 3);
    const log = await recorded(panel!);
    const texts = messages(log).map(({ payload }) => payload.toString('utf8'));
    const count = (part: string) => texts.filter((text) => text.includes(part)).length;
    expect(Object.fromEntries(Object.keys(scenario.recorded).map((part) => [part, count(part)]))).toEqual(
      scenario.recorded,
    );
    for (const part of scenario.mocked ?? []) expect(count(part), `${part} was never sent`).toBe(0);
  });
}
