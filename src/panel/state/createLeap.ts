/** A place is rested at when it was looked at for so long, in ms. */
const REST_MS = 80;

/** Knows whether the user leaps through the list, so that rows around a place would be fetched in vain. */
export interface Leap {
  /** Whether the latest move was far and no rest followed yet. */
  readonly lasts: boolean;
  /** Told of every place that is looked at: rows `before` until now (`last` exclusive), from `first` on from now. */
  moved(before: { first: number; last: number }, first: number): void;
}

/** @param rested called when the user came to rest after a leap */
export function createLeap(rested: () => void): Leap {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lasts = false;
  return {
    get lasts() {
      return lasts;
    },
    moved(before, first) {
      if (first === before.first) return;
      clearTimeout(timer);
      const size = before.last - before.first;
      lasts = Math.abs(first - before.first) > size * 2;
      if (!lasts) return;
      timer = setTimeout(() => {
        lasts = false;
        rested();
      }, REST_MS);
    },
  };
}
