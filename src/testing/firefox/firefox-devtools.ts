import { writeFileSync } from 'node:fs';
import type { DevtoolsSession, Size, Theme } from '../driver';
import { until } from '../poll';
import { whenReady } from '../when-ready';
import type { Bidi } from './bidi';
import { BidiContext } from './bidi-context';
import type { CallChrome } from './chrome-calls';
import { FirefoxPanel } from './firefox-panel';

interface Opening {
  bidi: Bidi;
  chrome: CallChrome;
  /** The inspected tab. */
  tab: string;
  extensionId: string | null;
}

/** The toolbox of one tab, in a window of its own. */
export class FirefoxDevtools implements DevtoolsSession {
  readonly #parts: Opening;
  #closed = false;

  private constructor(parts: Opening) {
    this.#parts = parts;
  }

  /** Opens the toolbox; waits for the extension's devtools page if there is an extension. */
  static async open(parts: Opening): Promise<FirefoxDevtools> {
    await parts.chrome('openToolbox', { tab: parts.tab });
    const devtools = new FirefoxDevtools(parts);
    await devtools.setSize(devtoolsSize);
    if (parts.extensionId !== null) await devtools.#document('devtools_page');
    return devtools;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  async showPanel(name?: string): Promise<FirefoxPanel> {
    const { chrome, tab, extensionId } = this.#parts;
    await this.showOther(name ?? 'Framescope');
    const document = await this.#document('devtools_panel');
    await chrome('focusPanel', { tab, extensionId });
    const panel = new FirefoxPanel(chrome, document);
    if (name === undefined) await whenReady(panel);
    return panel;
  }

  async showOther(name: string): Promise<void> {
    const { chrome, tab } = this.#parts;
    await until(`the tab ${name}`, async () => (await chrome('selectTool', { tab, label: name })) ?? undefined);
  }

  async evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    const page = await this.#document('devtools_page');
    return page.evaluate<R>(run as string | ((...args: never[]) => unknown), arg);
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.#parts.chrome('setPref', { name: 'devtools.theme', value: theme });
  }

  async setSize(size: Size): Promise<void> {
    await this.#parts.chrome('resize', { tab: this.#parts.tab, ...size });
  }

  /** Moves the toolbox into the tab or out of it. Firefox then loads the panel anew: ask `showPanel` for it again. */
  async moveTo(side: 'bottom' | 'left' | 'right' | 'window'): Promise<void> {
    await this.#parts.chrome('switchHost', { tab: this.#parts.tab, side });
  }

  async screenshot(path?: string): Promise<Buffer> {
    const png = Buffer.from(await this.#parts.chrome<string>('screenshot', { tab: this.#parts.tab }), 'base64');
    if (path !== undefined) writeFileSync(path, png);
    return png;
  }

  async close(): Promise<void> {
    await this.#parts.chrome('closeToolbox', { tab: this.#parts.tab });
    this.#closed = true;
  }

  /** A document of the extension in this toolbox, once it has loaded. */
  #document(type: 'devtools_page' | 'devtools_panel'): Promise<BidiContext> {
    const { bidi, chrome, tab, extensionId } = this.#parts;
    return until(`the ${type} of the extension`, async () => {
      const id = await chrome<string | null>('view', { tab, extensionId, type });
      if (id === null) return undefined;
      const context = new BidiContext(bidi, id);
      // The document is replaced while it loads, and cannot answer then.
      const state = await context.evaluate<string>('location.protocol + document.readyState').catch(() => '');
      return state === 'moz-extension:complete' ? context : undefined;
    });
  }
}

/** Size of the toolbox when it opens, in CSS pixels. */
const devtoolsSize = { width: 1280, height: 800 };
