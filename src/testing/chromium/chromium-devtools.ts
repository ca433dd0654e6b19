import { writeFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright';
import type { DevtoolsSession, Problem, Size, Theme } from '../driver';
import { until } from '../poll';
import { whenReady } from '../when-ready';
import { attachPlaywright, type BrowserAddress } from './attach-playwright';
import type { Cdp } from './cdp';
import { ChromiumPanel } from './chromium-panel';
import { devtoolsSize } from './preferences';

const extensionScheme = 'chrome-extension://';

/** The DevTools window of one tab. `page` and the panel's `frame` are Playwright's own, for tests of Chromium alone. */
export class ChromiumDevtools implements DevtoolsSession {
  readonly page: Page;
  readonly targetId: string;
  readonly #cdp: Cdp;
  /** Path of the devtools page inside the extension, or null where there is no extension. */
  readonly #devtoolsPath: string | null;
  #size: Size = devtoolsSize;

  private constructor(cdp: Cdp, page: Page, targetId: string, devtoolsPath: string | null) {
    this.#cdp = cdp;
    this.page = page;
    this.targetId = targetId;
    this.#devtoolsPath = devtoolsPath;
  }

  /** Opens DevTools for a page target; waits for the extension's devtools page if there is an extension. */
  static async open(open: {
    cdp: Cdp;
    browser: BrowserAddress;
    pageTargetId: string;
    devtoolsPath: string | null;
    report(problem: Problem): void;
  }): Promise<ChromiumDevtools> {
    const { cdp } = open;
    const { targetId } = await cdp.send<{ targetId: string }>('Target.openDevTools', { targetId: open.pageTargetId });
    // The target is of type `other` until its window exists; Playwright would refuse it until then.
    await until('the DevTools window', async () => {
      const { targetInfo } = await cdp.send<{ targetInfo: { type: string } }>('Target.getTargetInfo', { targetId });
      return targetInfo.type === 'page' || undefined;
    });
    const page = await attachPlaywright(open.browser, targetId);
    const devtools = new ChromiumDevtools(cdp, page, targetId, open.devtoolsPath);
    await devtools.#watch(open.report);
    if (open.devtoolsPath !== null) await devtools.#devtoolsPage();
    return devtools;
  }

  get isClosed(): boolean {
    return this.page.isClosed();
  }

  async showPanel(name?: string): Promise<ChromiumPanel> {
    await this.#selectTab(name ?? 'Framescope');
    const frame = await until('the page of the panel', () =>
      this.#extensionFrames().find((one) => !this.#isDevtoolsPage(one)),
    );
    await frame.waitForLoadState();
    const panel = new ChromiumPanel(this.page, frame);
    if (name === undefined) await whenReady(panel);
    return panel;
  }

  async showOther(name: string): Promise<void> {
    await this.#selectTab(name);
  }

  async evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    const frame = await this.#devtoolsPage();
    return (await frame.evaluate(run as (arg: unknown) => R, arg)) as R;
  }

  async setTheme(theme: Theme): Promise<void> {
    // The extension hears of no change before it listens. Its calls are answered in order, so after this one it does.
    if (this.#devtoolsPath !== null) {
      await (await this.#devtoolsPage()).waitForLoadState();
      await this.evaluate(() => new Promise<void>((resolve) => chrome.devtools.network.getHAR(() => resolve())));
    }
    // The setting that a user changes in DevTools' own settings; its modules are shared with the running front end.
    await this.page.evaluate(
      async ({ wanted, commonUrl }) => {
        const common = (await import(commonUrl)) as DevtoolsCommon;
        common.Settings.Settings.instance().moduleSetting('ui-theme').set(wanted);
      },
      { wanted: theme, commonUrl: 'devtools://devtools/bundled/core/common/common.js' },
    );
  }

  async setSize(size: Size): Promise<void> {
    await this.#resize(size);
    this.#size = size;
  }

  /** A narrow DevTools hides the last tabs in a menu: it is widened for the moment of the click. */
  async #selectTab(name: string): Promise<void> {
    const narrow = this.#size.width < devtoolsSize.width;
    if (narrow) await this.#resize(devtoolsSize);
    await this.page.getByRole('tab', { name, exact: true }).click();
    if (narrow) await this.#resize(this.#size);
  }

  async #resize(size: Size): Promise<void> {
    const { windowId } = await this.#cdp.send<{ windowId: number }>('Browser.getWindowForTarget', {
      targetId: this.targetId,
    });
    await this.#cdp.send('Browser.setWindowBounds', { windowId, bounds: { ...size } });
    await this.page.waitForFunction((width) => Math.abs(innerWidth - width) < 32, size.width);
  }

  async screenshot(path?: string): Promise<Buffer> {
    const png = await this.page.screenshot();
    if (path !== undefined) writeFileSync(path, png);
    return png;
  }

  async close(): Promise<void> {
    const closed = this.page.isClosed() ? Promise.resolve() : this.page.waitForEvent('close');
    await this.#cdp.send('Target.closeTarget', { targetId: this.targetId });
    await closed;
  }

  #devtoolsPage(): Promise<Frame> {
    return until('the devtools page of the extension', () =>
      this.#extensionFrames().find((one) => this.#isDevtoolsPage(one)),
    );
  }

  #extensionFrames(): Frame[] {
    return this.page.frames().filter((one) => one.url().startsWith(extensionScheme));
  }

  #isDevtoolsPage(frame: Frame): boolean {
    return new URL(frame.url()).pathname === `/${this.#devtoolsPath}`;
  }

  async #watch(report: (problem: Problem) => void): Promise<void> {
    this.page.on('console', (message) => {
      const text = message.text();
      if (text.startsWith(policyMark)) report({ where: 'devtools', kind: 'policy', text });
      else if (message.type() === 'error' && message.location().url.startsWith(extensionScheme)) {
        report({ where: 'devtools', kind: 'console', text });
      }
    });
    this.page.on('pageerror', (error) => {
      const text = error.stack ?? error.message;
      if (text.includes(extensionScheme)) report({ where: 'devtools', kind: 'exception', text });
    });
    await this.page.addInitScript(listenForViolations, policyMark);
    await Promise.all(this.#extensionFrames().map((frame) => frame.evaluate(listenForViolations, policyMark)));
  }
}

const policyMark = 'securitypolicyviolation';

function listenForViolations(mark: string): void {
  if (location.protocol !== 'chrome-extension:' || mark in globalThis) return;
  Object.defineProperty(globalThis, mark, { value: true });
  addEventListener(mark, (event) => {
    const { violatedDirective, blockedURI, sourceFile, lineNumber } = event as SecurityPolicyViolationEvent;
    console.warn(`${mark}: ${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`);
  });
}

interface DevtoolsCommon {
  Settings: { Settings: { instance(): { moduleSetting(name: string): { set(value: string): void } } } };
}
