type Locks = Pick<LockManager, 'request' | 'query'>;

interface Held {
  name: string;
  mode: LockMode;
  owner: object;
}

/** Web Locks of one machine, as far as the store uses them: held until they are released or the owner dies. */
export class FakeLocks {
  readonly #held = new Set<Held>();

  /** The locks as one DevTools sees them; `die` ends it, as a killed browser would. */
  owner(): Locks & { die(): void } {
    const owner = {};
    const held = this.#held;
    const request = async (name: string, options: LockOptions, callback: (lock: Lock | null) => unknown) => {
      const mode = options.mode ?? 'exclusive';
      const others = [...held].filter((lock) => lock.name === name);
      if (others.some((lock) => mode === 'exclusive' || lock.mode === 'exclusive')) return callback(null);
      const lock: Held = { name, mode, owner };
      held.add(lock);
      try {
        return await callback({ name, mode });
      } finally {
        held.delete(lock);
      }
    };
    return {
      request: request as Locks['request'],
      query: async () => ({ held: Array.from(held, ({ name, mode }) => ({ name, mode })), pending: [] }),
      die() {
        for (const lock of held) if (lock.owner === owner) held.delete(lock);
      },
    };
  }
}
