import type { BrowserSession, Driver } from '../../src/testing/driver';
import { seenAfterReturn } from './history';
import { type SuiteServer, suiteFiles } from './server';

/** One way to run the suite. */
export interface Arm {
  extension: string | null;
  devtools: boolean;
}

/** What every subtest of every file observed: file, then subtest. */
export type Observed = Map<string, Map<string, string>>;

export interface Difference {
  file: string;
  subtest: string;
  without: string | undefined;
  with: string | undefined;
}

const firefoxPrefs = {
  'dom.disable_open_during_load': false,
  // Firefox holds back handshakes after one that failed, up to a minute.
  'network.websocket.delay-failed-reconnects': false,
  // What led to a task stands in stacks or not, as it happens.
  'javascript.options.asyncstack': false,
};

/** Runs all files of the suite, or those named, in one browser. */
export async function runSuite(driver: Driver, server: SuiteServer, arm: Arm, files = suiteFiles): Promise<Observed> {
  const session = await driver.launch({
    extension: arm.extension,
    args: driver.name === 'chromium' ? ['--js-flags=--expose-gc', '--disable-popup-blocking'] : [],
    prefs: driver.name === 'firefox' ? firefoxPrefs : {},
  });
  try {
    return await runFiles(session, server, arm, files);
  } finally {
    await session.close();
  }
}

async function runFiles(session: BrowserSession, server: SuiteServer, arm: Arm, files: string[]): Promise<Observed> {
  const page = await session.openPage(`${server.url}/blank`);
  if (arm.devtools) await session.openDevtools(page);
  const observed: Observed = new Map();
  for (const file of files) {
    await page.goto(`${server.url}/${file}`);
    const results = await page.evaluate<[string, string][]>('window.finished');
    const subtests = new Map(results);
    if (subtests.size !== results.length) {
      const twice = results.find(([name], index) => results.findIndex(([other]) => other === name) !== index);
      throw new Error(`Two subtests of ${file} have one name: ${twice?.[0]}`);
    }
    observed.set(file, subtests);
  }
  observed.set('history', await seenAfterReturn(page, server));
  return observed;
}

/** Every subtest that observed something else with Framescope than without. */
export function differences(without: Observed, withIt: Observed): Difference[] {
  const found: Difference[] = [];
  for (const file of new Set([...without.keys(), ...withIt.keys()])) {
    const before = without.get(file) ?? new Map<string, string>();
    const after = withIt.get(file) ?? new Map<string, string>();
    for (const subtest of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(subtest) === after.get(subtest)) continue;
      found.push({ file, subtest, without: before.get(subtest), with: after.get(subtest) });
    }
  }
  return found;
}
