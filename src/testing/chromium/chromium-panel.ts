import { readFileSync, writeFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright';
import type { Panel, PanelLocator, PanelRole, RoleOptions } from '../driver';
import { downloadPatience } from '../poll';

/** The panel's page inside DevTools. Its `frame` is Playwright's own, for tests of Chromium alone. */
export class ChromiumPanel implements Panel {
  readonly frame: Frame;
  readonly #devtools: Page;

  constructor(devtools: Page, frame: Frame) {
    this.#devtools = devtools;
    this.frame = frame;
  }

  getByRole(role: PanelRole, options?: RoleOptions): PanelLocator {
    return this.frame.getByRole(role, options);
  }

  locator(selector: string): PanelLocator {
    return this.frame.locator(selector);
  }

  async evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    return (await this.frame.evaluate(run as (arg: unknown) => R, arg)) as R;
  }

  async press(key: string): Promise<void> {
    await this.#devtools.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#devtools.keyboard.type(text);
  }

  async chooseFiles(action: () => Promise<void>, paths: string[]): Promise<void> {
    const [chooser] = await Promise.all([this.#devtools.waitForEvent('filechooser'), action()]);
    await chooser.setFiles(paths);
  }

  async download(action: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([
      this.#devtools.waitForEvent('download', { timeout: downloadPatience }),
      action(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  async screenshot(path?: string): Promise<Buffer> {
    const element = await this.frame.frameElement();
    const png = await element.screenshot();
    if (path !== undefined) writeFileSync(path, png);
    return png;
  }
}
