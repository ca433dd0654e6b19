import type { PageHandle } from '../driver';
import { until } from '../poll';
import type { Bidi } from './bidi';
import { BidiContext } from './bidi-context';

/** A tab of Firefox. */
export class FirefoxPage implements PageHandle {
  readonly context: BidiContext;
  readonly #bidi: Bidi;

  constructor(bidi: Bidi, id: string) {
    this.#bidi = bidi;
    this.context = new BidiContext(bidi, id);
  }

  async url(): Promise<string> {
    // While a document makes way for another one, neither may answer.
    return until('the address of the page', () => this.evaluate<string>('location.href').catch(() => undefined));
  }

  async goto(url: string): Promise<void> {
    await this.#bidi.send('browsingContext.navigate', { context: this.context.id, url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    await this.#bidi.send('browsingContext.reload', { context: this.context.id, wait: 'complete' });
  }

  async evaluate<R, A = undefined>(run: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R> {
    return this.context.evaluate<R>(run as string | ((...args: never[]) => unknown), arg);
  }

  async click(selector: string): Promise<void> {
    const point = await this.evaluate((css: string) => {
      const element = document.querySelector(css);
      element?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = element?.getBoundingClientRect();
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    }, selector);
    if (point === null) throw new Error(`Nothing in the page matches ${selector}`);
    await this.context.pointer(point);
  }

  async bringToFront(): Promise<void> {
    await this.#bidi.send('browsingContext.activate', { context: this.context.id });
  }

  async close(): Promise<void> {
    await this.#bidi.send('browsingContext.close', { context: this.context.id });
  }
}
