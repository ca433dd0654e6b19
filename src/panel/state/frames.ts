import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { FrameRow, ViewSpec, ViewState } from '../../core/messages/store';
import { createLeap } from './createLeap';
import { createLoop } from './createLoop';
import { isOnItsWay } from './isOnItsWay';
import { type Link, LinkError } from './link';
import { covers, type RowWindow, windowFor } from './rowWindow';

/** The part of the grid that the list of frames must know, to hold still what the user looks at. */
export interface FramesViewport {
  /** How many rows fit. */
  size(): number;
  /** The row that must not move, and how far below the upper edge it is, in rows with fractions. */
  anchor(): { frame: number; row: number; below: number } | null;
  /** Rows were inserted before what is shown: show the same rows at their new places. */
  moveBy(rows: number): void;
  moveTo(row: number, below: number): void;
}

export type Frames = ReturnType<typeof createFrames>;

const NOTHING: ViewState = { view: 0, rows: 0, scanned: 0, total: 0, problems: [], stopped: null };

/** How far before the end a late frame may still be put in. */
const LATE_ROWS = 200;
const RETRY_MS = 250;

/** Time ascending is the order in which frames come: rows are only ever added at the end. */
function isAppending(spec: ViewSpec): boolean {
  return spec.sort.column === 'time' && !spec.sort.descending;
}

/**
 * The rows that pass the filter, asked from the store in windows. At most one question is under way; what changes
 * meanwhile is asked next. What was drawn stays until what replaces it is there.
 */
export function createFrames(options: {
  link: Link;
  spec: ReadonlySignal<ViewSpec>;
  /** Grows when the log was emptied. */
  emptied: ReadonlySignal<number>;
  failed: (error: unknown) => void;
}) {
  const { link, spec, emptied, failed } = options;
  const state = signal<ViewState>(NOTHING);
  /** Grows when there is something new to draw. */
  const version = signal(0);
  const following = signal(true);
  const rowsWhenLeft = signal(0);
  let viewport: FramesViewport | null = null;
  let cache: RowWindow = { from: 0, rows: [] };
  let stale = false;
  let wanted = { first: 0, last: 0 };
  let latest: ViewState = NOTHING;
  let opened: ViewSpec | null = null;
  /** The one whose rows are drawn: the one that is opened takes its place when its rows are there. */
  let shown: ViewSpec | null = null;

  let lastView = 0;
  // Answers to what was asked in an earlier epoch are void.
  let epoch = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const gotten = new Set<(rows: readonly FrameRow[]) => void>();
  const moved = new Set<() => void>();
  const replaced = new Set<() => void>();

  const take = (window: RowWindow): void => {
    cache = window;
    for (const listener of gotten) listener(window.rows);
    // Nothing tells when the last piece of a payload came.
    if (window.rows.some(isOnItsWay)) {
      clearTimeout(retry);
      retry = setTimeout(() => {
        stale = true;
        pump();
      }, RETRY_MS);
    }
  };
  const changed = (): void => {
    version.value = version.peek() + 1;
  };

  const pump = createLoop(step, (error) => {
    if (!(error instanceof LinkError)) failed(error);
  });

  const leap = createLeap(pump);

  /** Does what is due next. Gives whether there may be more. */
  async function step(): Promise<boolean> {
    if (!link.connected.peek()) return false;
    const current = spec.peek();
    if (opened !== current) return open(current);
    if (!isAppending(current) && latest.rows !== state.peek().rows) return reorder(current);
    const rows = state.peek().rows;
    const next = windowFor(wanted, rows, cache, stale, following.peek() || leap.lasts);
    if (!next) return false;
    const at = epoch;
    const asked = stale;
    const answer = await link.store.call('rows', { view: state.peek().view, ...next });
    if (at !== epoch) return true;
    if (asked) stale = false;
    take({ from: next.from, rows: answer });
    changed();
    return true;
  }

  async function open(next: ViewSpec): Promise<boolean> {
    const before = state.peek().view;
    opened = next;
    const at = ++epoch;
    const view = ++lastView;
    const answer = await link.store.call('view', { view, spec: next });
    if (at !== epoch || spec.peek() !== next) return abandon(view);
    const size = Math.max(viewport?.size() ?? 0, 40);
    latest = answer;
    const sameLog = shown?.log === next.log;
    // An earlier session is read from its beginning.
    if (!sameLog) following.value = isFollowable(next) && next.log === 'live';
    const place = following.peek() ? null : await findAnchor(view, sameLog);
    // More may have come while the place was looked up.
    const rows = latest.view === view ? latest.rows : answer.rows;
    const first = following.peek()
      ? next.sort.descending
        ? 0
        : Math.max(0, rows - size)
      : Math.max(0, (place?.row ?? 0) - size);
    const window = await link.store.call('rows', { view, from: first, count: size * 3 });
    if (at !== epoch) return abandon(view);
    if (before) link.store.call('closeView', { view: before }).catch(failed);
    batch(() => {
      // Listeners ask on about the new view: the old one is closed.
      state.value = latest.view === view ? latest : answer;
      take({ from: first, rows: window });
      stale = false;
      shown = next;
      if (place) viewport?.moveTo(place.row, place.below);
      else if (!following.peek()) viewport?.moveTo(0, 0);
      for (const listener of replaced) listener();
      changed();
    });
    return true;
  }

  /** The user has typed on, or the log was emptied: nobody waits for this one, and another is opened. */
  function abandon(view: number): true {
    link.store.call('closeView', { view }).catch(failed);
    opened = null;
    return true;
  }

  async function findAnchor(view: number, sameLog: boolean): Promise<{ row: number; below: number } | null> {
    const anchor = sameLog ? viewport?.anchor() : null;
    if (!anchor) return null;
    const { row } = await link.store.call('place', { view, frame: anchor.frame });
    return { row: Math.max(0, row), below: anchor.below };
  }

  /** New rows in an order where they may come before what is shown: both are replaced at once. */
  async function reorder(current: ViewSpec): Promise<boolean> {
    const at = epoch;
    const target = latest;
    const size = Math.max(viewport?.size() ?? 0, 40);
    const anchor = following.peek() ? null : (viewport?.anchor() ?? null);
    const place = anchor && (await link.store.call('place', { view: target.view, frame: anchor.frame }));
    const shift = anchor && place?.exact ? place.row - anchor.row : 0;
    const from = following.peek() ? 0 : Math.max(0, wanted.first + shift - size);
    const window = await link.store.call('rows', { view: target.view, from, count: size * 3 });
    if (at !== epoch || opened !== current) return true;
    batch(() => {
      take({ from, rows: window });
      state.value = target;
      if (shift) viewport?.moveBy(shift);
      for (const listener of moved) listener();
      changed();
    });
    return true;
  }

  link.store.on('view', (next) => {
    if (next.view !== lastView) return;
    latest = next;
    const before = state.peek();
    if (next.view !== before.view) return;
    const current = opened;
    if (!current || isAppending(current) || next.rows === before.rows) {
      batch(() => {
        if (next.rows < before.rows) cache = { from: 0, rows: [] };
        // Frames of several documents come a little out of order: one may stand before the last that are here.
        const nearEnd = next.rows > before.rows && cache.from + cache.rows.length > before.rows - LATE_ROWS;
        if (nearEnd) stale = true;
        state.value = next;
        changed();
      });
    }
    pump();
  });
  link.onConnect(() => {
    opened = null;
    epoch++;
    pump();
  });
  effect(() => {
    void spec.value;
    untracked(pump);
  });
  effect(() => {
    if (!emptied.value) return;
    epoch++;
    cache = { from: 0, rows: [] };
    stale = true;
    untracked(() => {
      following.value = isFollowable(spec.peek());
      changed();
      pump();
    });
  });

  return {
    state,
    version,
    following,
    /** Rows that came since the user left the tail. */
    unseen: computed(() => (following.value ? 0 : Math.max(0, state.value.rows - rowsWhenLeft.value))),
    followable: computed(() => isFollowable(spec.value)),
    rowAt: (row: number): FrameRow | undefined => cache.rows[row - cache.from],
    /** The place of a frame among the rows that are here; -1 if it is not. */
    rowOf(frame: number): number {
      const at = cache.rows.findIndex((row) => row.frame === frame);
      return at < 0 ? -1 : cache.from + at;
    },
    rowsHere: (): readonly FrameRow[] => cache.rows,
    has: (first: number, last: number): boolean => covers(cache, first, Math.min(last, state.peek().rows)),
    /** Says which rows are looked at; they are asked for if they are not here. `last` is exclusive. */
    need(first: number, last: number) {
      if (!following.peek()) leap.moved(wanted, first);
      wanted = { first, last };
      if (windowFor(wanted, state.peek().rows, cache, stale, following.peek() || leap.lasts)) pump();
    },
    /** What is shown of the rows has changed, not which rows there are. */
    refresh() {
      stale = true;
      pump();
    },
    follow(on: boolean) {
      const next = on && isFollowable(spec.peek());
      if (next === following.peek()) return;
      batch(() => {
        if (!next) rowsWhenLeft.value = state.peek().rows;
        following.value = next;
        changed();
      });
    },
    setViewport(next: FramesViewport | null) {
      viewport = next;
    },
    /** The frame of a row; asked from the store when it is not here. `null` when there is no such row. */
    async frameAt(row: number): Promise<number | null> {
      const here = cache.rows[row - cache.from];
      if (here) return here.frame;
      const [frame] = await link.store.call('frameNumbers', { view: state.peek().view, from: row, to: row + 1 });
      return frame ?? null;
    },
    /** Asks the store for the row of a frame. `undefined` when the list does not have it. */
    async askRow(frame: number): Promise<FrameRow | undefined> {
      const { view } = state.peek();
      const { row, exact } = await link.store.call('place', { view, frame });
      if (!exact) return undefined;
      const [found] = await link.store.call('rows', { view, from: row, count: 1 });
      // Rows may have moved since its place was asked.
      return found?.frame === frame ? found : this.askRow(frame);
    },
    numbers: (from: number, to: number) => link.store.call('frameNumbers', { view: state.peek().view, from, to }),
    placeOf: (frame: number) => link.store.call('place', { view: state.peek().view, frame }),
    /** `listener` is given the rows that come from the store. */
    onRows: (listener: (rows: readonly FrameRow[]) => void) => void gotten.add(listener),
    /** `listener` is called when rows may stand at other places. */
    onMoved: (listener: () => void) => void moved.add(listener),
    /** `listener` is called when other rows took the place of all. */
    onReplaced: (listener: () => void) => void replaced.add(listener),
  };
}

function isFollowable(spec: ViewSpec): boolean {
  return spec.sort.column === 'time';
}
