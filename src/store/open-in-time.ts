import type { Database } from './database';
import { inWords } from './in-words';

/** What is told of a database beside its first opening. */
export interface Told {
  /** There is none now, and why, in words for the user. */
  onNone(reason: string): void;
  /** It was open, and its connection has ended. */
  onLost(reason: string): void;
  /** It has opened after all. */
  onLate(database: Database): void;
}

/**
 * Opens a database, and does not wait for one that does not open: another window may block it, or the browser hang.
 * @param open opens it; what it is given is told why nothing can be written, also while it is still being opened
 * @param patience for how long it is waited for, in ms; `null` for as long as it takes
 * @returns `null` when there is none by then; {@link Told.onNone} was told why, and {@link Told.onLate} may be
 */
export function openInTime(
  open: (onLost: (reason: string) => void) => Promise<Database>,
  patience: number | null,
  told: Told,
): Promise<Database | null> {
  return new Promise((resolve) => {
    let state: 'opening' | 'given up' | 'open' = 'opening';
    const giveUp = (reason: string) => {
      if (state !== 'opening') return;
      state = 'given up';
      clearTimeout(timer);
      told.onNone(reason);
      resolve(null);
    };
    const late = () => giveUp('The browser has not opened its database yet');
    const timer = patience === null ? undefined : setTimeout(late, patience);
    const opened = (database: Database) => {
      const isLate = state === 'given up';
      state = 'open';
      clearTimeout(timer);
      if (isLate) told.onLate(database);
      else resolve(database);
    };
    open((reason) => (state === 'open' ? told.onLost(reason) : giveUp(reason))).then(opened, (error) =>
      giveUp(`This browser gives no room to keep recordings (${inWords(error)})`),
    );
  });
}
