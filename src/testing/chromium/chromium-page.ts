import type { Page } from 'playwright';
import type { PageHandle } from '../driver';
import { patience, until } from '../poll';
import type { Params } from '../remote-commands';
import { callSource } from '../script-source';
import { attachPlaywright, type BrowserAddress } from './attach-playwright';
import type { Cdp } from './cdp';

/** A tab of Chromium, driven with as few protocol domains as possible: no network domain, no emulation. */
export class ChromiumPage implements PageHandle {
  readonly targetId: string;
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #browser: BrowserAddress;

  private constructor(cdp: Cdp, browser: BrowserAddress, targetId: string, session: string) {
    this.#cdp = cdp;
    this.#browser = browser;
    this.targetId = targetId;
    this.#session = session;
  }

  /** Attaches to a page target; `onSession` hears of its session before anything runs in it. */
  static async attach(
    cdp: Cdp,
    browser: BrowserAddress,
    targetId: string,
    onSession: (id: string) => void,
  ): Promise<ChromiumPage> {
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    onSession(sessionId);
    await Promise.all([
      cdp.send('Page.enable', {}, sessionId),
      cdp.send('Page.setLifecycleEventsEnabled', { enabled: true }, sessionId),
      cdp.send('Runtime.enable', {}, sessionId),
    ]);
    return new ChromiumPage(cdp, browser, targetId, sessionId);
  }

  /** A command of the protocol in this tab, for tests of Chromium alone. */
  send<R = Params>(method: string, params: Params = {}): Promise<R> {
    return this.#cdp.send<R>(method, params, this.#session);
  }

  /** The tab as a Playwright page, for tests of Chromium alone. It weighs on the page: see `attachPlaywright`. */
  playwright(): Promise<Page> {
    return attachPlaywright(this.#browser, this.targetId);
  }

  async url(): Promise<string> {
    // While a document makes way for another one, neither may answer.
    return until('the address of the page', () => this.evaluate<string>('location.href').catch(() => undefined));
  }

  async goto(url: string): Promise<void> {
    await this.#loaded(`loading ${url}`, async () => {
      const { loaderId, errorText } = await this.send<{ loaderId?: string; errorText?: string }>('Page.navigate', {
        url,
      });
      if (errorText) throw new Error(`${url}: ${errorText}`);
      return loaderId;
    });
  }

  async reload(): Promise<void> {
    const { frameTree } = await this.send<{ frameTree: { frame: { loaderId: string } } }>('Page.getFrameTree');
    const before = frameTree.frame.loaderId;
    await this.#loaded('reloading', async () => {
      await this.send('Page.reload');
      return { not: before };
    });
  }

  async evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    const { result, exceptionDetails } = await this.send<Evaluation>('Runtime.evaluate', {
      expression: callSource(run, arg),
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as R;
  }

  async click(selector: string): Promise<void> {
    const point = await this.evaluate((css: string) => {
      const element = document.querySelector(css);
      element?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = element?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
    if (!point) throw new Error(`Nothing in the page matches ${selector}`);
    const button = { ...point, button: 'left', clickCount: 1 };
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
    await this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  }

  async bringToFront(): Promise<void> {
    await this.#cdp.send('Target.activateTarget', { targetId: this.targetId });
  }

  async close(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      const stop = this.#cdp.on('Target.targetDestroyed', (params) => {
        if (params.targetId !== this.targetId) return;
        stop();
        resolve();
      });
    });
    await this.#cdp.send('Target.closeTarget', { targetId: this.targetId });
    await gone;
  }

  /** Starts a navigation and waits for the `load` event of the document that it names, or of any but an old one. */
  async #loaded(what: string, start: () => Promise<string | { not: string } | undefined>): Promise<void> {
    const loads: string[] = [];
    let check = (): void => undefined;
    const stop = this.#cdp.on('Page.lifecycleEvent', ({ name, frameId, loaderId }, session) => {
      if (session !== this.#session || name !== 'load' || frameId !== this.targetId) return;
      loads.push(String(loaderId));
      check();
    });
    try {
      const wanted = await start();
      if (wanted === undefined) return;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No load event within ${patience} ms: ${what}`)), patience);
        check = () => {
          if (!loads.some((id) => (typeof wanted === 'string' ? id === wanted : id !== wanted.not))) return;
          clearTimeout(timer);
          resolve();
        };
        check();
      });
    } finally {
      stop();
    }
  }
}

interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}
