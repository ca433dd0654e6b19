import { signal } from '@preact/signals';
import type { StorageState } from '../../core/messages/store';
import type { Link } from './link';

/** Where the live recording goes. `null` until it is known. */
export function createStorage(link: Link, failed: (error: unknown) => void) {
  const state = signal<StorageState | null>(null);
  const take = (next: StorageState): void => {
    state.value = next;
  };
  link.store.on('storage', take);
  link.onConnect(() => void link.store.call('storage', null).then(take, failed));
  return { state };
}
