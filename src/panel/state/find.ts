import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { QueryProblem } from '../../core/filter/types';
import type { ViewSpec, ViewState } from '../../core/messages/store';
import type { FilterTools } from './filterTools';
import type { Frames } from './frames';
import type { Link } from './link';
import type { Selection } from './selection';

/** The view that counts what Find finds: beyond the numbers that the list gives to its own. */
const FIND_VIEW = 2 ** 31;

/** Searches the rows without hiding any. */
export function createFind(parts: {
  link: Link;
  spec: ReadonlySignal<ViewSpec>;
  frames: Frames;
  selection: Selection;
  filterTools: FilterTools;
  failed: (error: unknown) => void;
}) {
  const { link, spec, frames, selection, filterTools, failed } = parts;
  const open = signal(false);
  /** Grows when its box should get the focus. */
  const wanted = signal(0);
  const text = signal('');
  const problems = signal<readonly QueryProblem[]>([]);
  /** What the last search came to. */
  const outcome = signal<'' | 'searching' | 'none' | 'around'>('');
  /** All that is found in the list, as far as it was looked through; `null` while nothing is looked for. */
  const found = signal<ViewState | null>(null);
  /** Place of the selected frame among what is found, from 1; 0 if it is none of it. */
  const place = signal(0);
  /** What is looked for in which list: the list's own filter holds as well. */
  const sought = computed(() => (open.value && text.value.trim() ? { text: text.value, spec: spec.value } : null));
  /** Why the last search was given up, if it was. */
  const stoppedStep = signal<string | null>(null);
  /** Grows when steps that were asked for lead nowhere any more: another text, another list, or the bar was closed. */
  let era = 0;
  let asking = false;
  /** Steps are taken one after another, each from where the one before it led. */
  let steps: Promise<void> = Promise.resolve();

  async function count(): Promise<void> {
    const mine = sought.peek();
    batch(() => {
      found.value = null;
      problems.value = [];
    });
    try {
      if (!mine) return void (await link.store.call('closeView', { view: FIND_VIEW }));
      const { conjoin, compileFilter } = await filterTools.load();
      if (mine !== sought.peek()) return;
      problems.value = compileFilter(mine.text, { connection: () => undefined }).problems;
      const query = conjoin(mine.spec.query, mine.text);
      const state = await link.store.call('view', { view: FIND_VIEW, spec: { ...mine.spec, query } });
      if (mine !== sought.peek()) return;
      found.value = state;
    } catch (error) {
      failed(error);
    }
  }

  async function updatePlace(): Promise<void> {
    const focus = selection.focus.peek();
    const state = found.peek();
    if (!focus || !state) {
      place.value = 0;
      return;
    }
    try {
      const { row, exact } = await link.store.call('place', { view: FIND_VIEW, frame: focus.frame });
      if (selection.focus.peek()?.frame === focus.frame && found.peek()) place.value = exact ? row + 1 : 0;
    } catch (error) {
      failed(error);
    }
  }

  effect(() => {
    void [text.value, open.value, spec.value];
    era++;
    stoppedStep.value = null;
    outcome.value = '';
    if (asking) link.store.call('cancelFind', null).catch(failed);
  });
  effect(() => {
    void sought.value;
    if (link.connected.peek()) untracked(() => void count());
  });
  link.onConnect(() => void count());
  effect(() => {
    void selection.focus.value;
    void found.value;
    untracked(() => void updatePlace());
  });
  link.store.on('view', (state) => {
    if (state.view === FIND_VIEW && sought.peek()) found.value = state;
  });

  async function search(from: number, backwards: boolean): Promise<number> {
    const view = frames.state.peek().view;
    asking = true;
    try {
      const { row, stopped } = await link.store.call('find', { view, query: text.peek(), from, backwards });
      if (stopped) stoppedStep.value = stopped;
      return row;
    } finally {
      asking = false;
    }
  }

  async function step(mine: number, backwards: boolean, reveal: (row: number) => void): Promise<void> {
    if (mine !== era) return;
    const rows = frames.state.peek().rows;
    const at = selection.row();
    const from = backwards ? (at < 0 ? rows : at) - 1 : at + 1;
    try {
      stoppedStep.value = null;
      let row = from >= 0 && from < rows ? await search(from, backwards) : -1;
      const around = row < 0 && !stoppedStep.peek();
      if (around && mine === era) row = await search(backwards ? rows - 1 : 0, backwards);
      if (mine !== era) return;
      outcome.value = row < 0 ? 'none' : around ? 'around' : '';
      if (row < 0) return;
      frames.follow(false);
      reveal(row);
      await selection.moveTo(row, false);
    } catch (error) {
      outcome.value = '';
      failed(error);
    }
  }

  return {
    open,
    wanted,
    show() {
      open.value = true;
      wanted.value++;
    },
    text,
    problems,
    outcome,
    found,
    place,
    /** Why not all was looked through: a regex took too long. */
    stopped: computed(() => stoppedStep.value ?? found.value?.stopped ?? null),
    /** Selects the next row that matches, around the end if need be. `reveal` shows it. */
    next(backwards: boolean, reveal: (row: number) => void): Promise<void> {
      if (!text.peek().trim()) return Promise.resolve();
      outcome.value = 'searching';
      const mine = era;
      steps = steps.then(() => step(mine, backwards, reveal));
      return steps;
    },
  };
}
