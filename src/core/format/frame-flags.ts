import { FLAG } from '../model/frame';

/** Names of {@link FLAG} bits in files. `sent` is not among them: the direction says it. */
const NAMES = ['byUser', 'deferred', 'dropped', 'failed', 'ring'] as const satisfies (keyof typeof FLAG)[];

/** Names of the flags that are set, for a file; empty for most frames. */
export function flagNames(flags: number): string[] {
  return flags & ~FLAG.sent ? NAMES.filter((name) => flags & FLAG[name]) : [];
}

/** Bits of the named flags; names from a later version are ignored. */
export function flagBits(names: readonly string[]): number {
  let bits = 0;
  for (const name of NAMES) if (names.includes(name)) bits |= FLAG[name];
  return bits;
}
