/** What one DevTools recorded, until cleared. */
export interface SessionInfo {
  id: string;
  name: string;
  /** Host of the tab's main document when the session began, or of the imported file's first URL. */
  site: string;
  /** ms since the epoch. */
  startedAt: number;
  endedAt: number;
  connections: number;
  frames: number;
  /** Payload bytes kept. */
  bytes: number;
  /** Imported from a file, by its name. */
  importedFrom: string | null;
  /** Being recorded by some DevTools now: it cannot be deleted. */
  live: boolean;
  /** Kept when old sessions are removed to stay within the budget. */
  pinned: boolean;
}
