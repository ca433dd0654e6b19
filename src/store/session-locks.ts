const PREFIX = 'framescope session ';

/**
 * Tells which sessions are being recorded: each recorder holds a Web Lock of its session's name, which the browser
 * takes back when the recorder dies, however it dies.
 */
export class SessionLocks {
  readonly #release = new Map<string, () => void>();

  /** @param locks of the browser; `null` where there are none: then only our own sessions count as live */
  constructor(readonly locks: Pick<LockManager, 'request' | 'query'> | null) {}

  /** Holds the lock of a session until {@link release}. Asked for before the session's first record is written. */
  hold(session: string): void {
    const released = new Promise<void>((resolve) => this.#release.set(session, resolve));
    void this.locks?.request(PREFIX + session, { mode: 'exclusive' }, () => released);
  }

  release(session: string): void {
    this.#release.get(session)?.();
    this.#release.delete(session);
  }

  /** Ids of the sessions that somebody records. Ask after their records were read, not before. */
  async live(): Promise<Set<string>> {
    const live = new Set(this.#release.keys());
    const { held = [], pending = [] } = (await this.locks?.query()) ?? {};
    for (const { name } of [...held, ...pending]) {
      if (name?.startsWith(PREFIX)) live.add(name.slice(PREFIX.length));
    }
    return live;
  }
}
