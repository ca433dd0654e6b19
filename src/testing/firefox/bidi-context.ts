import { callSource } from '../script-source';
import type { Bidi } from './bidi';
import { type KeyAction, keyActions, typingActions } from './keys';
import { plainValue, type RemoteValue } from './remote-value';

export interface Point {
  x: number;
  y: number;
}

export interface PointerOptions {
  button?: 'left' | 'right' | 'middle';
  modifiers?: string[];
  /** Presses at the place; 0 only moves there. */
  clicks?: number;
}

const buttons = { left: 0, middle: 1, right: 2 };

/** A document that Firefox shows: a tab's, or the extension's own. Input is trusted, as from a user. */
export class BidiContext {
  readonly id: string;
  readonly #bidi: Bidi;

  constructor(bidi: Bidi, id: string) {
    this.#bidi = bidi;
    this.id = id;
  }

  /** Runs in the document's own world; errors keep their text. */
  async evaluate<R>(run: string | ((...args: never[]) => unknown), arg?: unknown): Promise<R> {
    const answer = await this.#bidi.send<Evaluation>('script.evaluate', {
      expression: callSource(run, arg),
      target: { context: this.id },
      awaitPromise: true,
      userActivation: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return plainValue(answer.result) as R;
  }

  async pointer(at: Point, { button = 'left', modifiers = [], clicks = 1 }: PointerOptions = {}): Promise<void> {
    const presses = Array.from({ length: clicks }, () => [
      { type: 'pointerDown', button: buttons[button] },
      { type: 'pointerUp', button: buttons[button] },
    ]).flat();
    const held = modifiers.flatMap((name) => keyActions(name).filter(({ type }) => type === 'keyDown'));
    await this.#perform(
      'pointer',
      [{ type: 'pointerMove', x: Math.round(at.x), y: Math.round(at.y) }, ...presses],
      held,
    );
  }

  async press(keys: string): Promise<void> {
    await this.#perform('key', keyActions(keys));
  }

  async type(text: string): Promise<void> {
    await this.#perform('key', typingActions(text));
  }

  async screenshot(): Promise<Buffer> {
    const { data } = await this.#bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context: this.id });
    return Buffer.from(data, 'base64');
  }

  /** Performs actions of one device, while `held` keys are down. */
  async #perform(type: 'pointer' | 'key', actions: object[], held: KeyAction[] = []): Promise<void> {
    const keys = { type: 'key', id: 'modifiers', actions: held };
    // Devices act in step: the pointer waits until the keys are down.
    const pauses = held.map(() => ({ type: 'pause', duration: 0 }));
    const device = { type, id: type, actions: [...pauses, ...actions] };
    await this.#bidi.send('input.performActions', {
      context: this.id,
      actions: held.length ? [keys, device] : [device],
    });
    if (held.length > 0) await this.#bidi.send('input.releaseActions', { context: this.id });
  }
}

type Evaluation = { type: 'success'; result: RemoteValue } | { type: 'exception'; exceptionDetails: { text: string } };
