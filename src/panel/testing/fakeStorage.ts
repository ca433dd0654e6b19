import type { PreferenceStorage } from '../state/preference';

/** A storage for preferences that is gone with the test. */
export function fakeStorage(initial: Record<string, string> = {}): PreferenceStorage {
  const values = new Map(Object.entries(initial));
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}
