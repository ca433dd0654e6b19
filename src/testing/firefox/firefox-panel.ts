import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Panel, PanelLocator, PanelRole, RoleOptions } from '../driver';
import { downloadPatience, until } from '../poll';
import type { BidiContext } from './bidi-context';
import type { CallChrome } from './chrome-calls';
import { FirefoxLocator } from './firefox-locator';

/** The panel's page inside the toolbox. It is another one after the toolbox was moved to another side. */
export class FirefoxPanel implements Panel {
  readonly context: BidiContext;
  readonly #chrome: CallChrome;

  constructor(chrome: CallChrome, context: BidiContext) {
    this.#chrome = chrome;
    this.context = context;
  }

  getByRole(role: PanelRole, options?: RoleOptions): PanelLocator {
    return new FirefoxLocator(this.context, []).getByRole(role, options);
  }

  locator(selector: string): PanelLocator {
    return new FirefoxLocator(this.context, []).locator(selector);
  }

  evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    return this.context.evaluate<R>(run as string | ((...args: never[]) => unknown), arg);
  }

  async press(key: string): Promise<void> {
    await this.context.press(key);
  }

  async type(text: string): Promise<void> {
    await this.context.type(text);
  }

  async chooseFiles(action: () => Promise<void>, paths: string[]): Promise<void> {
    await this.#chrome('chooseFiles', { paths });
    await action();
    await until('a file dialog', async () => (await this.#chrome('filesWereChosen')) ?? undefined);
  }

  async download(action: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const before = new Set(await this.#chrome<string[]>('downloads'));
    await action();
    const path = await until(
      'a download',
      async () => {
        const all = await this.#chrome<string[]>('downloads');
        return all.find((one) => !before.has(one));
      },
      downloadPatience,
    );
    return { name: basename(path), bytes: readFileSync(path) };
  }

  async screenshot(path?: string): Promise<Buffer> {
    const png = await this.context.screenshot();
    if (path !== undefined) writeFileSync(path, png);
    return png;
  }
}
