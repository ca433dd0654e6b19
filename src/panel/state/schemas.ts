import { signal } from '@preact/signals';
import type { SchemaState } from '../../core/schema/schema-calls';
import { messageOf } from './notices';
import type { Panel } from './panel';

export type Schemas = ReturnType<typeof createSchemas>;

/** Schemas that the user loaded, and the choices of decoders by URL. */
export function createSchemas({ link, detail }: Pick<Panel, 'link' | 'detail'>) {
  const state = signal<SchemaState | null>(null);
  /** Why the last change was refused; empty when it was not. */
  const problem = signal('');

  async function run(work: () => Promise<SchemaState>): Promise<boolean> {
    try {
      state.value = await work();
      problem.value = '';
      return true;
    } catch (error) {
      problem.value = messageOf(error);
      return false;
    }
  }

  async function change(work: () => Promise<SchemaState>): Promise<void> {
    if (await run(work)) await detail.renew();
  }

  void run(() => link.store.call('schemas', null));

  return {
    state,
    problem,
    /** Takes files, those of the same name anew. None where one of them cannot be used. */
    load(files: readonly File[]): Promise<void> {
      return change(async () => {
        const read = files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
        return await link.store.call('addSchemas', { files: await Promise.all(read) });
      });
    },
    remove(name: string): Promise<void> {
      return change(() => link.store.call('removeSchema', { name }));
    },
    /** Has URLs (without query) that fit a pattern decoded by a decoder; `null` for automatic. */
    choose(pattern: string, decoder: string | null): Promise<void> {
      return change(() => link.store.call('setDecoderFor', { pattern, decoder }));
    },
  };
}
