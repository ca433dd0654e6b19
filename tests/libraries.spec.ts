import type { BrowserSession, Panel } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, type Recorded, recorded } from '../src/testing/recorded';
import { groups } from './libraries/groups';
import type { Scenario } from './libraries/scenario';
import { type LibraryServer, startLibraryServer } from './libraries/server';
import { described, type WireConnection } from './libraries/wire';

let server: LibraryServer;
test.beforeAll(async () => {
  server = await startLibraryServer();
});
test.afterAll(() => server.close());

interface Played {
  /** By the name of the scenario. */
  told: Record<string, string[]>;
  wire: WireConnection[];
  panel: Panel | null;
}

/** Runs scenarios one after another in one tab; a page's own errors and warnings are told at its end. */
async function play(session: BrowserSession, scenarios: Record<string, Scenario>, devtools: boolean): Promise<Played> {
  const page = await session.openPage('about:blank');
  const panel = devtools ? await (await session.openDevtools(page)).showPanel() : null;
  await panel?.getByRole('checkbox', { name: 'Keep log' }).click();
  const before = server.wire.length;
  const told: Played['told'] = {};
  for (const [name, { scripts, run }] of Object.entries(scenarios)) {
    await page.goto(`${server.url}/page?${scripts.join('&')}`);
    await page.evaluate(() => {
      const complaints: string[] = [];
      Object.assign(globalThis, { complaints });
      addEventListener('error', ({ message, error }) => complaints.push(`error ${error?.message ?? message}`));
      addEventListener('unhandledrejection', ({ reason }) => complaints.push(`error ${String(reason)}`));
      const { warn } = console;
      console.warn = (...texts: unknown[]) => {
        complaints.push(`warning ${texts.join(' ')}`);
        warn.apply(console, texts);
      };
    });
    await test.step(name, async () => {
      told[name] = await page.evaluate(run, server.wsUrl);
      told[name].push(...(await page.evaluate(() => (globalThis as unknown as { complaints: string[] }).complaints)));
      await until('its sockets are closed', () => server.wire.every(({ closed }) => closed) || undefined);
    });
  }
  return { told, wire: server.wire.slice(before), panel };
}

type Said = Pick<WireConnection, 'path' | 'sent' | 'received'>;

/** In an order of their own, since handshakes at the same time come in any. */
function sorted(connections: Said[]): Said[] {
  const parts = connections.map(({ path, sent, received }) => ({ path, sent, received }));
  return parts.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What each connection is recorded to have said; not what was given to a socket that could not send. */
function said(log: Recorded): Said[] {
  return log.connections.map(({ id, url }) => {
    const own = messages(log).filter(({ connection, flags }) => connection === id && !flags.includes('failed'));
    const from = (direction: string) =>
      own.filter((frame) => frame.direction === direction).map(({ kind, payload }) => described(kind, payload));
    return { path: url.replace(server.wsUrl, ''), sent: from('sent'), received: from('received') };
  });
}

for (const [title, scenarios] of Object.entries(groups)) {
  const [, libraries, tag] = title.match(/^(.*?)( @both)?$/) ?? [];
  test(`${libraries} do the same with Framescope as without, and are recorded${tag ?? ''}`, async ({
    driver,
    session,
  }) => {
    const { told, wire, panel } = await play(session, scenarios, true);
    const plain = await driver.launch({ extension: null });
    try {
      expect(told).toEqual((await play(plain, scenarios, false)).told);
    } finally {
      await plain.close();
    }
    for (const [name, { errors = [] }] of Object.entries(scenarios)) {
      expect(told[name].length, name).toBeGreaterThan(2);
      expect(
        told[name].filter((line) => line.startsWith('error ')),
        name,
      ).toEqual(errors.map((error) => `error ${error}`));
    }
    let log = await recorded(panel!);
    await expect(async () => {
      log = await recorded(panel!);
      expect(sorted(said(log))).toEqual(sorted(wire));
    }).toPass({ timeout: 25_000 });
    const texts = messages(log).map(({ payload }) => payload.toString('utf8'));
    for (const part of Object.values(scenarios).flatMap(({ mocked = [] }) => mocked)) {
      expect(
        texts.filter((text) => text.includes(part)),
        `${part} was never sent`,
      ).toEqual([]);
    }
  });
}
