/**
 * What a page does with a library, told as it happens. Each function stands alone, since only its own text reaches the
 * page; what differs from run to run (ids, times) is not told.
 */
export interface Scenario {
  /** Scripts of the page, in their order; `packages.ts` says what they are. */
  scripts: string[];
  run: (wsUrl: string) => Promise<string[]>;
  /** Errors that reach `window`, since the page means to throw; none where left out. */
  errors?: string[];
  /** Texts that never touch the network. */
  mocked?: string[];
}

/** Libraries are globals of a page without types. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Any = any;
