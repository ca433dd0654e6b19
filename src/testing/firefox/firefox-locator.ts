import type { Box, ClickOptions, PanelLocator, PanelRole, RoleOptions, Wait } from '../driver';
import { until } from '../poll';
import type { BidiContext, PointerOptions } from './bidi-context';
import { findElements, type Step } from './query';

/** Elements of the panel in Firefox; each call looks them up anew, and waits as Playwright's locators do. */
export class FirefoxLocator implements PanelLocator {
  readonly #context: BidiContext;
  readonly #steps: Step[];

  constructor(context: BidiContext, steps: Step[]) {
    this.#context = context;
    this.#steps = steps;
  }

  getByRole(role: PanelRole, options: RoleOptions = {}): FirefoxLocator {
    return this.#narrowed(roleStep(role, options));
  }

  locator(selector: string): FirefoxLocator {
    return this.#narrowed({ css: selector });
  }

  first(): FirefoxLocator {
    return this.nth(0);
  }

  last(): FirefoxLocator {
    return this.nth(-1);
  }

  nth(index: number): FirefoxLocator {
    return this.#narrowed({ nth: index });
  }

  async waitFor({ state = 'visible', timeout }: Parameters<PanelLocator['waitFor']>[0] = {}): Promise<void> {
    await until(
      `${this.#what} to be ${state}`,
      async () => {
        const found = await this.#all((element) => element.checkVisibility({ visibilityProperty: true }));
        if (state === 'attached' || state === 'detached')
          return found.length > 0 === (state === 'attached') || undefined;
        return found.some(Boolean) === (state === 'visible') || undefined;
      },
      timeout,
    );
  }

  async count(): Promise<number> {
    return (await this.#all(() => 0)).length;
  }

  async click({ timeout, ...options }: Wait & ClickOptions = {}): Promise<void> {
    await this.#point(options, timeout);
  }

  async dblclick({ timeout }: Wait = {}): Promise<void> {
    await this.#point({ clicks: 2 }, timeout);
  }

  async hover({ timeout }: Wait = {}): Promise<void> {
    await this.#point({ clicks: 0 }, timeout);
  }

  async focus({ timeout }: Wait = {}): Promise<void> {
    await this.#one((element) => (element as HTMLElement).focus(), timeout);
  }

  async fill(text: string, { timeout }: Wait = {}): Promise<void> {
    await until(
      `${this.#what} to take text`,
      async () => {
        const [taken, ...more] = await this.#all((element, value) => {
          const field = element as HTMLElement;
          // A disabled field takes no focus.
          field.focus();
          if (!field.contains(document.activeElement)) return false;
          if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
          else document.getSelection()?.selectAllChildren(field);
          // As an edit of the user: the page hears `input`, and undo knows of it. At once, while it has the focus.
          document.execCommand(value === '' ? 'delete' : 'insertText', false, value);
          return true;
        }, text);
        this.#refuseSeveral(more.length);
        return taken || undefined;
      },
      timeout,
    );
  }

  async press(key: string, options: Wait = {}): Promise<void> {
    await this.focus(options);
    await this.#context.press(key);
  }

  textContent({ timeout }: Wait = {}): Promise<string | null> {
    return this.#one((element) => element.textContent, timeout);
  }

  async allTextContents(): Promise<string[]> {
    return this.#all((element) => element.textContent ?? '');
  }

  async getAttribute(name: string, { timeout }: Wait = {}): Promise<string | null> {
    const attributes = await this.#one(
      (element) => Object.fromEntries([...element.attributes].map((one) => [one.name, one.value])),
      timeout,
    );
    return attributes[name] ?? null;
  }

  inputValue({ timeout }: Wait = {}): Promise<string> {
    return this.#one((element) => (element as HTMLInputElement).value, timeout);
  }

  async isVisible(): Promise<boolean> {
    return (await this.#all((element) => element.checkVisibility({ visibilityProperty: true }))).some(Boolean);
  }

  isEnabled({ timeout }: Wait = {}): Promise<boolean> {
    return this.#one((element) => !element.matches(':disabled, [aria-disabled="true"]'), timeout);
  }

  isChecked({ timeout }: Wait = {}): Promise<boolean> {
    return this.#one(
      (element) => (element instanceof HTMLInputElement ? element.checked : element.ariaChecked === 'true'),
      timeout,
    );
  }

  boundingBox({ timeout }: Wait = {}): Promise<Box | null> {
    return this.#one((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return width === 0 && height === 0 ? null : { x, y, width, height };
    }, timeout);
  }

  evaluate<R>(run: (element: HTMLElement | SVGElement) => R): Promise<R> {
    return this.#one(run as (element: Element) => R);
  }

  /** Moves the pointer to the middle of the element, once it is there, enabled, still and not covered. */
  async #point(options: PointerOptions, timeout?: number): Promise<void> {
    const point = await until(
      `${this.#what} to be clickable`,
      async () => {
        const [at, ...more] = await this.#all(async (element) => {
          element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
          const before = element.getBoundingClientRect();
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const box = element.getBoundingClientRect();
          if (box.width === 0 || box.x !== before.x || box.y !== before.y) return null;
          if (element.matches(':disabled, [aria-disabled="true"]')) return null;
          const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          const top = document.elementFromPoint(middle.x, middle.y);
          return top && (element.contains(top) || top.contains(element)) ? middle : null;
        });
        this.#refuseSeveral(more.length);
        return at ?? undefined;
      },
      timeout,
    );
    await this.#context.pointer(point, options);
  }

  /** Runs `run` on the one element, once it is there. */
  async #one<R>(run: (element: Element) => R | Promise<R>, timeout?: number): Promise<R> {
    const [result] = await until(
      this.#what,
      async () => {
        const results = await this.#all(run);
        this.#refuseSeveral(results.length - 1);
        return results.length === 1 ? results : undefined;
      },
      timeout,
    );
    return result as R;
  }

  #refuseSeveral(more: number): void {
    if (more > 0) throw new Error(`${this.#what} is not one element but ${more + 1}`);
  }

  /** Runs `run` on each element, with a text if it takes one. */
  #all<R>(run: (element: Element, text: string) => R | Promise<R>, text = ''): Promise<R[]> {
    const steps = JSON.stringify(this.#steps);
    const each = `(element) => (${run.toString()})(element, ${JSON.stringify(text)})`;
    return this.#context.evaluate<R[]>(
      `(() => { const __name = f => f; return Promise.all((${findElements.toString()})(${steps}).map(${each})) })()`,
    );
  }

  #narrowed(step: Step): FirefoxLocator {
    return new FirefoxLocator(this.#context, [...this.#steps, step]);
  }

  get #what(): string {
    return this.#steps.map((step) => JSON.stringify(step)).join(' > ');
  }
}

function roleStep(role: PanelRole, { name, exact }: RoleOptions): Step {
  return {
    role,
    ...(name instanceof RegExp
      ? { name: { source: name.source, flags: name.flags } }
      : name === undefined
        ? {}
        : { name }),
    ...(exact ? { exact } : {}),
  };
}
