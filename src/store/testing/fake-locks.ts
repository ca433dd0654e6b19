type Locks = Pick<LockManager, 'request' | 'query'>;

/** Web Locks of one machine, as far as the store uses them: exclusive, held until the owner dies. */
export class FakeLocks {
  readonly #held = new Map<string, object>();

  /** The locks as one DevTools sees them; `die` ends it, as a killed browser would. */
  owner(): Locks & { die(): void } {
    const self = {};
    const held = this.#held;
    const request = async (name: string, options: LockOptions, callback: (lock: Lock | null) => unknown) => {
      if (held.has(name)) return callback(null);
      held.set(name, self);
      try {
        return await callback({ name, mode: options.mode ?? 'exclusive' });
      } finally {
        if (held.get(name) === self) held.delete(name);
      }
    };
    return {
      request: request as Locks['request'],
      query: async () => ({ held: Array.from(held.keys(), (name) => ({ name })), pending: [] }),
      die() {
        for (const [name, owner] of held) if (owner === self) held.delete(name);
      },
    };
  }
}
