import type { BrowserProcess } from '../browser-process';
import type { BrowserSession, PageHandle, Problem } from '../driver';
import { until } from '../poll';
import type { Profile } from '../profile';
import type { Bidi } from './bidi';
import type { CallChrome } from './chrome-calls';
import { FirefoxDevtools } from './firefox-devtools';
import type { FirefoxManifest } from './firefox-manifest';
import { FirefoxPage } from './firefox-page';

interface Parts {
  browser: BrowserProcess;
  bidi: Bidi;
  chrome: CallChrome;
  profile: Profile;
  version: string;
  /** Of the extension, if there is one. */
  manifest: FirefoxManifest | null;
}

/** A running Firefox. */
export class FirefoxSession implements BrowserSession {
  readonly browserName = 'firefox';
  readonly version: string;
  /** Calls a function of `chrome-script.js`, for tests of Firefox alone. */
  readonly chrome: CallChrome;
  readonly #parts: Parts;
  readonly #devtools: FirefoxDevtools[] = [];
  readonly #known = new Set<string>();
  #problems: Problem[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.version = parts.version;
    this.chrome = parts.chrome;
  }

  get profileDir(): string {
    return this.#parts.profile.dir;
  }

  get pid(): number {
    return this.#parts.browser.pid;
  }

  async openPage(url: string, options: { background?: boolean; private?: boolean } = {}): Promise<FirefoxPage> {
    const { bidi } = this.#parts;
    const id = options.private
      ? await this.#openPrivateTab()
      : (
          await bidi.send<{ context: string }>('browsingContext.create', {
            type: 'tab',
            background: options.background ?? false,
          })
        ).context;
    const page = this.#page(id);
    await page.goto(url);
    return page;
  }

  async waitForPage(urlPart: string): Promise<FirefoxPage> {
    const { context } = await until(`a page at ${urlPart}`, async () => {
      const { contexts } = await this.#parts.bidi.send<Tree>('browsingContext.getTree', { maxDepth: 0 });
      return contexts.find((one) => one.url.includes(urlPart) && !this.#known.has(one.context));
    });
    return this.#page(context);
  }

  async openDevtools(page: PageHandle): Promise<FirefoxDevtools> {
    if (!(page instanceof FirefoxPage)) throw new TypeError('Not a page of this browser');
    const { bidi, chrome, manifest } = this.#parts;
    const devtools = await FirefoxDevtools.open({
      bidi,
      chrome,
      extensionId: manifest?.browser_specific_settings.gecko.id ?? null,
      tab: page.context.id,
    });
    this.#devtools.push(devtools);
    return devtools;
  }

  openedDevtools(): FirefoxDevtools[] {
    return this.#devtools.filter((one) => !one.isClosed);
  }

  /** Stops the background page, as Firefox does when it was idle. It starts again when it is needed. */
  async stopBackground(): Promise<void> {
    const extensionId = this.#parts.manifest?.browser_specific_settings.gecko.id;
    const state = await this.chrome<string>('stopBackground', { extensionId });
    if (state === 'running') throw new Error('The background goes on');
  }

  async problems(): Promise<Problem[]> {
    // A browser that was killed keeps those it told of before.
    if (this.#parts.browser.child.exitCode === null && this.#parts.browser.child.signalCode === null) {
      const seen = await this.chrome<SeenProblem[]>('problems');
      this.#problems = seen.map(({ kind, text, path }) => ({ kind, text, where: placeOf(path, this.#parts.manifest) }));
    }
    return [...this.#problems];
  }

  async enableExtension(enabled: boolean): Promise<void> {
    const extensionId = this.#parts.manifest?.browser_specific_settings.gecko.id;
    await this.chrome('enableExtension', { extensionId, enabled });
  }

  async withholdSites(): Promise<void> {
    const extensionId = this.#parts.manifest?.browser_specific_settings.gecko.id;
    await this.chrome('withholdSites', { extensionId });
  }

  async readClipboard(): Promise<string> {
    return this.chrome<string>('clipboard');
  }

  async kill(): Promise<void> {
    await this.#parts.browser.kill();
  }

  async close(): Promise<void> {
    const { browser, profile } = this.#parts;
    // Only a profile that stays needs the time of an orderly end.
    if (!profile.temporary) {
      await Promise.race([this.chrome('quit').catch(() => undefined), browser.ended()]);
      await browser.endWithin(10_000);
    }
    await browser.kill();
    profile.dispose();
  }

  async #openPrivateTab(): Promise<string> {
    await this.chrome('openPrivateWindow');
    return until('a private window', async () => (await this.chrome<string | null>('newPrivateTab')) ?? undefined);
  }

  #page(id: string): FirefoxPage {
    this.#known.add(id);
    return new FirefoxPage(this.#parts.bidi, id);
  }
}

interface Tree {
  contexts: Array<{ context: string; url: string }>;
}

interface SeenProblem {
  kind: Problem['kind'];
  text: string;
  /** Of the script inside the extension; null for one of the MAIN world. */
  path: string | null;
}

function placeOf(path: string | null, manifest: FirefoxManifest | null): Problem['where'] {
  const isOneOf = (scripts: string[] = []) => path === null || scripts.some((script) => path === `/${script}`);
  if (isOneOf(manifest?.content_scripts?.flatMap(({ js }) => js ?? []))) return 'content';
  return isOneOf(manifest?.background?.scripts) ? 'background' : 'devtools';
}
