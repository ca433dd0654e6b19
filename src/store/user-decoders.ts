import { parseUserDecoder, type UserDecoder } from '../core/decode/user-decoder';
import { RemoteError } from '../core/messages/rpc';
import type { FunctionProblem, UserDecoderState } from '../core/messages/user-decoders';
import { FunctionDecoder } from './function-decoder';
import type { Store } from './store';
import { userDecoder } from './user-decoder';

/** Where they are kept. */
const KEY = 'userDecoders';

/** The decoders that the user made, remembered. */
export class UserDecoders {
  #definitions: readonly UserDecoder[] = [];
  readonly #functions = new Map<string, FunctionDecoder>();

  constructor(readonly store: Store) {}

  /** @param kept from the settings, as it lies there */
  async restore(kept: unknown): Promise<void> {
    if (!Array.isArray(kept) || kept.length === 0) return;
    const { definitions, problems } = parseAll(kept, await this.#known());
    if (problems.length > 0) {
      this.store.emit('notice', { message: `Decoders of yours cannot be read: ${problems[0]}`, level: 'warning' });
    }
    this.#definitions = definitions;
    await this.#update();
    await this.tell();
  }

  /** The panel is told which decoders there are. */
  async tell(): Promise<void> {
    const { decoders } = await this.store.decoders.load();
    this.store.emit(
      'decoders',
      decoders.map(({ id, label }) => ({ id, label })),
    );
  }

  state(): UserDecoderState[] {
    return this.#definitions.map((decoder) => ({ decoder, problem: this.#functions.get(decoder.id)?.problem ?? null }));
  }

  /**
   * Adds a decoder, or replaces the one of its id.
   * @returns what is wrong with the code of a function
   * @throws {RemoteError} when it is no decoder
   */
  async save(given: unknown): Promise<FunctionProblem | null> {
    const decoder = parseUserDecoder(given, await this.#known());
    if (typeof decoder === 'string') throw new RemoteError({ name: 'SyntaxError', message: decoder });
    await this.#change(
      (all) =>
        all.some(({ id }) => id === decoder.id)
          ? all.map((each) => (each.id === decoder.id ? decoder : each))
          : [...all, decoder],
      decoder.id,
    );
    return (await this.#functions.get(decoder.id)?.check()) ?? null;
  }

  async remove(id: string): Promise<void> {
    await this.#change((all) => all.filter((decoder) => decoder.id !== id), id);
  }

  /**
   * Changes the list, in what lies on disk: another DevTools may have changed that since.
   * @param id of the decoder that is another now
   */
  async #change(make: (all: readonly UserDecoder[]) => UserDecoder[], id: string): Promise<void> {
    const database = await this.store.database;
    const known = await this.#known();
    if (database === null) this.#definitions = make(this.#definitions);
    else {
      const transaction = database.transaction('settings', 'readwrite');
      const { definitions, others } = parseAll(await transaction.store.get(KEY), known);
      this.#definitions = make(definitions);
      // What a newer version put there stays.
      void transaction.store.put([...this.#definitions, ...others], KEY);
      await transaction.done;
    }
    this.#functions.get(id)?.close();
    this.#functions.delete(id);
    await this.#update();
  }

  async #update(): Promise<void> {
    const registry = await this.store.deps.loadDecoders();
    const decoders = this.#definitions.map((definition) =>
      definition.type === 'function' ? this.#functionOf(definition) : userDecoder(definition, registry, null),
    );
    this.store.decoders.set('user', decoders);
  }

  /** A function that did not change goes on; one that was saved anew begins anew, as it may have been stopped. */
  #functionOf(definition: UserDecoder & { type: 'function' }): FunctionDecoder {
    const { id, label, code } = definition;
    const before = this.#functions.get(id);
    if (before?.label === label && before.user.code === code) return before;
    before?.close();
    const made = new FunctionDecoder(definition, this.store.deps.createSandbox);
    this.#functions.set(id, made);
    return made;
  }

  async #known(): Promise<(id: string) => boolean> {
    const { decoders } = await this.store.deps.loadDecoders();
    return (id) => decoders.some((decoder) => decoder.id === id);
  }
}

function parseAll(kept: unknown, known: (id: string) => boolean) {
  const definitions: UserDecoder[] = [];
  const others: unknown[] = [];
  const problems: string[] = [];
  for (const each of Array.isArray(kept) ? (kept as unknown[]) : []) {
    const parsed = parseUserDecoder(each, known);
    if (typeof parsed === 'string') {
      others.push(each);
      problems.push(parsed);
    } else definitions.push(parsed);
  }
  return { definitions, others, problems };
}
