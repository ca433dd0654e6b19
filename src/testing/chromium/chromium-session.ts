import { join } from 'node:path';
import type { BrowserProcess } from '../browser-process';
import type { BrowserSession, PageHandle, Problem } from '../driver';
import { until } from '../poll';
import type { Profile } from '../profile';
import type { BrowserAddress } from './attach-playwright';
import type { Cdp } from './cdp';
import { ChromiumDevtools } from './chromium-devtools';
import { ChromiumPage } from './chromium-page';
import { contentProblem } from './content-problem';

interface Parts {
  browser: BrowserProcess;
  cdp: Cdp;
  endpoint: string;
  profile: Profile;
  devtoolsPath: string | null;
}

interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
}

/** A running Chromium. `cdp` and `endpoint` are for tests and benchmarks of Chromium alone. */
export class ChromiumSession implements BrowserSession {
  readonly browserName = 'chromium';
  readonly version: string;
  readonly cdp: Cdp;
  readonly endpoint: string;
  readonly #parts: Parts;
  readonly #problems: Problem[] = [];
  readonly #devtools: ChromiumDevtools[] = [];
  readonly #attached = new Set<string>();
  readonly #pageSessions = new Set<string>();
  #privateContext: string | undefined;

  private constructor(parts: Parts, version: string) {
    this.#parts = parts;
    this.cdp = parts.cdp;
    this.endpoint = parts.endpoint;
    this.version = version;
  }

  static async start(parts: Parts): Promise<ChromiumSession> {
    const { product } = await parts.cdp.send<{ product: string }>('Browser.getVersion');
    const session = new ChromiumSession(parts, product);
    for (const event of ['Runtime.exceptionThrown', 'Runtime.consoleAPICalled']) {
      parts.cdp.on(event, (params, from) => {
        const problem =
          from !== undefined && session.#pageSessions.has(from) ? contentProblem(event, params) : undefined;
        if (problem) session.#problems.push(problem);
      });
    }
    await parts.cdp.send('Target.setDiscoverTargets', { discover: true });
    return session;
  }

  get #address(): BrowserAddress {
    return { endpoint: this.endpoint, artifactsDir: join(this.#parts.profile.scratch, 'downloads') };
  }

  get profileDir(): string {
    return this.#parts.profile.dir;
  }

  get pid(): number {
    return this.#parts.browser.pid;
  }

  async openPage(url: string, options: { background?: boolean; private?: boolean } = {}): Promise<ChromiumPage> {
    const browserContextId = options.private ? await this.#privateContextId() : undefined;
    const { targetId } = await this.cdp.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      background: options.background ?? false,
      ...(browserContextId ? { browserContextId } : {}),
    });
    const page = await this.#attach(targetId);
    await page.goto(url);
    return page;
  }

  async waitForPage(urlPart: string): Promise<ChromiumPage> {
    const { targetId } = await until(`a page at ${urlPart}`, async () => {
      const { targetInfos } = await this.cdp.send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
      return targetInfos.find(
        (one) => one.type === 'page' && one.url.includes(urlPart) && !this.#attached.has(one.targetId),
      );
    });
    return this.#attach(targetId);
  }

  async openDevtools(page: PageHandle): Promise<ChromiumDevtools> {
    if (!(page instanceof ChromiumPage)) throw new TypeError('Not a page of this browser');
    const { cdp, devtoolsPath } = this.#parts;
    const devtools = await ChromiumDevtools.open({
      cdp,
      browser: this.#address,
      devtoolsPath,
      pageTargetId: page.targetId,
      report: (problem) => this.#problems.push(problem),
    });
    this.#devtools.push(devtools);
    return devtools;
  }

  openedDevtools(): ChromiumDevtools[] {
    return this.#devtools.filter((one) => !one.isClosed);
  }

  async problems(): Promise<Problem[]> {
    return [...this.#problems];
  }

  async readClipboard(): Promise<string> {
    const page = await this.openPage('chrome://version');
    await this.cdp.send('Browser.setPermission', { permission: { name: 'clipboard-read' }, setting: 'granted' });
    await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.close();
    return text;
  }

  async enableExtension(enabled: boolean): Promise<void> {
    const page = await this.openPage('chrome://extensions');
    await page.evaluate(async (enabled: boolean) => {
      const { developerPrivate, management } = (globalThis as unknown as { chrome: ExtensionsPage }).chrome;
      for (const { id, location } of await developerPrivate.getExtensionsInfo()) {
        if (location === 'UNPACKED') await management.setEnabled(id, enabled);
      }
    }, enabled);
    await page.close();
  }

  /** Allows the extension in private windows. */
  allowPrivate(): Promise<void> {
    return this.#configure({ incognitoAccess: true });
  }

  withholdSites(): Promise<void> {
    return this.#configure({ hostAccess: 'ON_CLICK' });
  }

  /** As a user does on `chrome://extensions`. */
  async #configure(change: Configuration): Promise<void> {
    const page = await this.openPage('chrome://extensions');
    await page.evaluate(async (change: Configuration) => {
      const { developerPrivate } = (globalThis as unknown as { chrome: ExtensionsPage }).chrome;
      for (const { id, location } of await developerPrivate.getExtensionsInfo()) {
        if (location === 'UNPACKED')
          await developerPrivate.updateExtensionConfiguration({ extensionId: id, ...change });
      }
    }, change);
    await page.close();
  }

  async kill(): Promise<void> {
    await this.#parts.browser.kill();
  }

  async close(): Promise<void> {
    const { cdp, browser, profile } = this.#parts;
    // Only a profile that stays needs the second or two of an orderly end.
    if (profile.temporary) await browser.kill();
    else await endInOrder(cdp, browser);
    profile.dispose();
  }

  async #attach(targetId: string): Promise<ChromiumPage> {
    this.#attached.add(targetId);
    return ChromiumPage.attach(this.cdp, this.#address, targetId, (id) => this.#pageSessions.add(id));
  }

  async #privateContextId(): Promise<string> {
    if (this.#privateContext === undefined) {
      const { browserContextId } = await this.cdp.send<{ browserContextId: string }>('Target.createBrowserContext');
      this.#privateContext = browserContextId;
    }
    return this.#privateContext;
  }
}

async function endInOrder(cdp: Cdp, browser: BrowserProcess): Promise<void> {
  await Promise.race([cdp.send('Browser.close').catch(() => undefined), browser.ended()]);
  await browser.endWithin(10_000);
}

interface Configuration {
  incognitoAccess?: boolean;
  hostAccess?: 'ON_CLICK';
}

/** What `chrome://extensions` has, of what is used here. */
interface ExtensionsPage {
  developerPrivate: {
    getExtensionsInfo(): Promise<Array<{ id: string; location: string }>>;
    updateExtensionConfiguration(update: Configuration & { extensionId: string }): Promise<void>;
  };
  management: { setEnabled(id: string, enabled: boolean): Promise<void> };
}
