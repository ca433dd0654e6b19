import { batch, computed, signal } from '@preact/signals';
import { textOfUserDecoder, type UserDecoder, userDecoderFromText } from '../../core/decode/user-decoder';
import type { FunctionProblem, UserDecoderState } from '../../core/messages/user-decoders';
import { saveFile } from '../saveFile';
import { messageOf } from './notices';
import type { Panel } from './panel';
import { EXAMPLE } from './userDecoderExample';

export type UserDecoders = ReturnType<typeof createUserDecoders>;

const ofPanels = new WeakMap<Panel, UserDecoders>();

/** The same for a panel each time, so that what was typed is still there when the editor is opened again. */
export function userDecodersOf(panel: Panel): UserDecoders {
  const made = ofPanels.get(panel) ?? createUserDecoders(panel);
  ofPanels.set(panel, made);
  return made;
}

/** The decoders of the user's, and the one that is edited. */
function createUserDecoders({ link, detail, failed }: Panel) {
  const list = signal<readonly UserDecoderState[] | null>(null);
  /** As it stands in the editor. */
  const draft = signal<UserDecoder | null>(null);
  /** What is wrong with the draft; `line` where that is known. */
  const problem = signal<FunctionProblem | null>(null);
  /** Whether it was just saved and nothing is wrong with it. */
  const saved = signal(false);
  /** What it makes of the frame that is selected. */
  const tried = signal<{ frame: number; summary: string; problem: string | null } | null>(null);
  const chosen = signal<readonly { pattern: string; decoder: string }[]>([]);
  /** The URLs, or patterns of them, that the draft was chosen for. */
  const uses = computed(() =>
    chosen.value.filter(({ decoder }) => decoder === draft.value?.id).map(({ pattern }) => pattern),
  );
  const stored = computed(() => list.value?.find(({ decoder }) => decoder.id === draft.value?.id)?.decoder);
  /** Whether leaving the draft would lose something. */
  const dirty = computed(() => draft.value !== null && JSON.stringify(draft.value) !== JSON.stringify(stored.value));

  async function load(): Promise<void> {
    const [known, { choices }] = await Promise.all([
      link.store.call('userDecoders', null),
      link.store.call('schemas', null),
    ]);
    batch(() => {
      list.value = known;
      chosen.value = choices;
    });
  }

  function show(next: UserDecoder | null): void {
    batch(() => {
      draft.value = next;
      problem.value = list.peek()?.find(({ decoder }) => decoder.id === next?.id)?.problem ?? null;
      saved.value = false;
      tried.value = null;
    });
  }

  async function tryOut(id: string): Promise<void> {
    const of = detail.shown.peek();
    if (!of || of.row.kind === 'open' || of.row.kind === 'close') return;
    const { log, frame } = of;
    const result = await link.store.call('decode', { log, frame, decoder: id });
    if (draft.peek()?.id === id)
      tried.value = { frame, summary: result.summary, problem: result.problem?.message ?? null };
  }

  return {
    list,
    draft,
    problem,
    saved,
    tried,
    stored,
    dirty,
    uses,
    /** Asks for the list; shows the decoder of that id, unless another is being edited. */
    async open(id: string): Promise<void> {
      try {
        await load();
        const known = list.peek() ?? [];
        const found = [id, draft.peek()?.id].flatMap(
          (wanted) => known.find(({ decoder }) => decoder.id === wanted) ?? [],
        );
        if (!dirty.peek()) show((found[0] ?? known[0])?.decoder ?? null);
      } catch (error) {
        failed(error);
      }
    },
    show,
    start(type: UserDecoder['type']): void {
      const id = freshId();
      if (type === 'function') show({ type, id, label: 'My decoder', code: EXAMPLE });
      else
        show({
          type,
          id,
          label: 'My pipeline',
          steps: [
            { decoder: 'base64', take: ['content'] },
            { decoder: 'json', take: ['content'] },
          ],
        });
    },
    edit(next: UserDecoder): void {
      batch(() => {
        draft.value = next;
        saved.value = false;
      });
    },
    /** Saves the draft and tries it. What is refused stays in the editor. */
    async save(): Promise<void> {
      const decoder = draft.peek();
      if (decoder === null) return;
      try {
        const found = await link.store.call('saveUserDecoder', { decoder });
        await load();
        if (draft.peek()?.id !== decoder.id) return;
        batch(() => {
          problem.value = found;
          saved.value = found === null;
          tried.value = null;
        });
        if (found === null) await tryOut(decoder.id);
      } catch (error) {
        problem.value = { message: messageOf(error), line: null };
      }
    },
    /** Forgets the draft, and the decoder if it was saved. */
    async remove(): Promise<void> {
      const decoder = draft.peek();
      if (decoder === null) return;
      try {
        if (stored.peek()) await link.store.call('removeUserDecoder', { id: decoder.id });
        await load();
        show(list.peek()?.[0]?.decoder ?? null);
      } catch (error) {
        failed(error);
      }
    },
    /** Has the URLs that fit a pattern read by the draft, which was saved; or not any more. */
    async useFor(pattern: string, on: boolean): Promise<void> {
      const decoder = draft.peek();
      if (decoder === null) return;
      try {
        const { choices } = await link.store.call('setDecoderFor', { pattern, decoder: on ? decoder.id : null });
        chosen.value = choices;
        await detail.renew();
      } catch (error) {
        failed(error);
      }
    },
    /** Saves the draft as a text file. */
    export(): void {
      const decoder = draft.peek();
      if (decoder === null) return;
      const name = decoder.label.replace(/[^\w-]+/g, '-') || 'decoder';
      const extension = decoder.type === 'function' ? 'js' : 'json';
      saveFile(new Blob([textOfUserDecoder(decoder)], { type: 'text/plain' }), `${name}.${extension}`);
    },
    /** Puts a file's decoder into the editor, to be saved. */
    async import(file: File): Promise<void> {
      try {
        const known = new Set(detail.decoders.peek().map(({ id }) => id));
        const found = userDecoderFromText(await file.text(), freshId(), file.name, (id) => known.has(id));
        if (typeof found === 'string') problem.value = { message: `${file.name}: ${found}`, line: null };
        else show(found);
      } catch (error) {
        failed(error);
      }
    },
  };
}

function freshId(): string {
  return `mine.${crypto.randomUUID().slice(0, 8)}`;
}
