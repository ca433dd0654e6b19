import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Frames } from './frames';
import { ALL, fromNumbers, type Intervals, includes, sizeOf, toggled, toNumbers, union } from './intervals';

/** A frame and its present place in the view. */
export interface Spot {
  frame: number;
  row: number;
}

export type Selection = ReturnType<typeof createSelection>;

/** Which frames are selected, by their numbers, and which of them has the focus. */
export function createSelection(frames: Frames, emptied: ReadonlySignal<number>, failed: (error: unknown) => void) {
  const focus = signal<Spot | null>(null);
  const selected = signal<Intervals>([]);
  let pivot: Spot | null = null;
  let lastMove = 0;

  const isAll = (): boolean => selected.peek() === ALL;
  const size = computed(() => (selected.value === ALL ? frames.state.value.rows : sizeOf(selected.value)));

  function set(spot: Spot | null): void {
    batch(() => {
      focus.value = spot;
      selected.value = spot ? [[spot.frame, spot.frame + 1]] : [];
      pivot = spot;
    });
  }

  async function extendTo(spot: Spot): Promise<void> {
    const from = pivot ?? spot;
    focus.value = spot;
    const numbers = await frames.numbers(Math.min(from.row, spot.row), Math.max(from.row, spot.row) + 1);
    if (focus.peek()?.frame === spot.frame) selected.value = fromNumbers(numbers);
  }

  effect(() => {
    if (emptied.value) untracked(() => set(null));
  });
  frames.onMoved((rows) => {
    if (!rows) return;
    const spot = focus.peek();
    if (spot) focus.value = { ...spot, row: spot.row + rows };
    if (pivot) pivot = { ...pivot, row: pivot.row + rows };
  });
  frames.onReplaced(() => {
    // Places are others now; the frame that is read stays selected also when the filter hides it.
    const spot = focus.peek();
    if (!spot) {
      selected.value = [];
      return;
    }
    set({ ...spot, row: -1 });
    frames
      .placeOf(spot.frame)
      .then((place) => {
        if (focus.peek()?.frame === spot.frame) set({ frame: spot.frame, row: place.exact ? place.row : -1 });
      })
      .catch(failed);
  });

  return {
    focus,
    selected,
    size,
    has: (frame: number) => includes(selected.value, frame),
    set,
    clear: () => set(null),
    toggle(spot: Spot) {
      batch(() => {
        const known = isAll() ? selected.peek() : toggled(selected.peek(), spot.frame);
        selected.value = known;
        focus.value = spot;
        pivot = spot;
      });
    },
    extendTo: (spot: Spot) => extendTo(spot).catch(failed),
    all() {
      selected.value = ALL;
    },
    add(numbers: readonly number[]) {
      selected.value = union(selected.peek(), fromNumbers(numbers));
    },
    /** Moves the focus to a row, wherever it is, and selects it, or all between it and where the range began. */
    async moveTo(row: number, extend: boolean) {
      const move = ++lastMove;
      try {
        const frame = await frames.frameAt(row);
        if (frame === null || move !== lastMove) return;
        if (extend) await extendTo({ frame, row });
        else set({ frame, row });
      } catch (error) {
        failed(error);
      }
    },
    /** Numbers of the selected frames, ascending. */
    async numbers(): Promise<number[]> {
      if (!isAll()) return toNumbers(selected.peek());
      const all = await frames.numbers(0, frames.state.peek().rows);
      return all.sort((a, b) => a - b);
    },
  };
}
