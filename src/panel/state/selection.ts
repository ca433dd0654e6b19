import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Frames } from './frames';
import { ALL, fromNumbers, type Intervals, includes, sizeOf, toggled, toNumbers, union } from './intervals';

/** A frame and its present place in the view. */
export interface Spot {
  frame: number;
  /** -1 while it is not known, or the filter hides the frame. */
  row: number;
}

export type Selection = ReturnType<typeof createSelection>;

/** Which frames are selected, by their numbers, and which of them has the focus. */
export function createSelection(frames: Frames, emptied: ReadonlySignal<number>, failed: (error: unknown) => void) {
  const focus = signal<Spot | null>(null);
  const selected = signal<Intervals>([]);
  /** The frame where a range began. */
  let pivot: number | undefined;
  let lastMove = 0;
  /** The row that the focus is on its way to: whoever presses a key again before it is there counts on from it. */
  let heading: number | null = null;
  let moving: Promise<void> = Promise.resolve();
  /** Frames that are taken out of all of them, while it is found out which these are. */
  let taken: Intervals = [];

  const isAll = (): boolean => selected.peek() === ALL;
  const size = computed(() => (selected.value === ALL ? frames.state.value.rows : sizeOf(selected.value)));

  /** Another value when others are selected, the same while they only move. */
  const which = computed(() => `${focus.value?.frame} ${sizeOf(selected.value)}`);

  function set(spot: Spot | null): void {
    settle();
    batch(() => {
      focus.value = spot;
      selected.value = spot ? [[spot.frame, spot.frame + 1]] : [];
      pivot = spot?.frame;
    });
  }

  /** Whatever moves the focus now takes the place of a move that is under way. */
  function settle(): void {
    lastMove++;
    heading = null;
    taken = [];
  }

  /** Selects the frames of all rows but those taken out: all stands for those to come as well. */
  async function leave(out: Intervals): Promise<void> {
    taken = out;
    const move = lastMove;
    const numbers = await frames.numbers(0, frames.state.peek().rows);
    if (move === lastMove) selected.value = fromNumbers(numbers.filter((number) => !includes(out, number)));
  }

  async function extendTo(spot: Spot): Promise<void> {
    settle();
    const move = lastMove;
    focus.value = spot;
    const numbers = await upTo(spot.frame);
    if (move === lastMove) selected.value = fromNumbers(numbers);
  }

  async function moveTo(row: number, extend: boolean): Promise<void> {
    const move = ++lastMove;
    heading = row;
    try {
      const frame = await frames.frameAt(row);
      if (move !== lastMove) return;
      settle();
      if (frame === null) return;
      if (extend) await extendTo({ frame, row });
      else set({ frame, row });
    } catch (error) {
      if (move === lastMove) settle();
      failed(error);
    }
  }

  /** All between where the range began and this frame. It begins here if what it began with is not in the list. */
  async function upTo(frame: number): Promise<number[]> {
    // Rows that come after the places were asked may move both ends on: then more is asked for.
    for (let slack = 0; ; slack = 2 * slack + 100) {
      const ends = [pivot ?? frame, frame];
      const places = await Promise.all(ends.map((end) => frames.placeOf(end)));
      if (!places.every(({ exact }) => exact)) {
        pivot = frame;
        return [frame];
      }
      const rows = places.map(({ row }) => row);
      const numbers = await frames.numbers(Math.min(...rows), Math.max(...rows) + 1 + slack);
      const [first, last] = ends.map((end) => numbers.indexOf(end)).sort((a, b) => a - b);
      if (first >= 0) return numbers.slice(first, last + 1);
    }
  }

  /** Finds the place of the focus, where it may be another one now. */
  function place(): void {
    const frame = focus.peek()?.frame;
    if (frame === undefined) return;
    const put = (row: number): void => {
      const spot = focus.peek();
      if (spot?.frame === frame && spot.row !== row) focus.value = { frame, row };
    };
    const here = frames.rowOf(frame);
    if (here >= 0) put(here);
    else
      frames
        .placeOf(frame)
        .then(({ row, exact }) => put(exact ? row : -1))
        .catch(failed);
  }

  effect(() => {
    if (emptied.value) untracked(() => set(null));
  });
  frames.onRows((rows) => {
    const spot = focus.peek();
    if (!spot) return;
    const there = frames.rowAt(spot.row);
    // Frames of several documents come a little out of order: some may stand before it now.
    if (there ? there.frame !== spot.frame : rows.some(({ frame }) => frame === spot.frame)) place();
  });
  frames.onMoved(place);
  frames.onReplaced(() => {
    const spot = focus.peek();
    // The frame that is read stays selected also when the filter hides it.
    set(spot && { ...spot, row: -1 });
    place();
  });

  return {
    focus,
    selected,
    size,
    which,
    has: (frame: number) => includes(selected.value, frame),
    set,
    clear: () => set(null),
    /** The row of the focus, or the one that it is on its way to; -1 when there is none. */
    row: () => heading ?? focus.peek()?.row ?? -1,
    toggle(spot: Spot) {
      const out = toggled(taken, spot.frame);
      settle();
      batch(() => {
        focus.value = spot;
        pivot = spot.frame;
        if (isAll()) moving = leave(out).catch(failed);
        else selected.value = toggled(selected.peek(), spot.frame);
      });
    },
    extendTo: (spot: Spot) => (moving = extendTo(spot).catch(failed)),
    all() {
      settle();
      selected.value = ALL;
    },
    add(numbers: readonly number[]) {
      selected.value = union(selected.peek(), fromNumbers(numbers));
    },
    /** Moves the focus to a row, wherever it is, and selects it, or all between it and where the range began. */
    moveTo: (row: number, extend: boolean) => (moving = moveTo(row, extend)),
    /** Numbers of the selected frames, ascending, once a move that is under way has come to its end. */
    async numbers(): Promise<number[]> {
      await moving;
      if (!isAll()) return toNumbers(selected.peek());
      const all = await frames.numbers(0, frames.state.peek().rows);
      return all.sort((a, b) => a - b);
    },
  };
}
