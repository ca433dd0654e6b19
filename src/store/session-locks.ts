const RECORDED = 'framescope session ';
const SHOWN = 'framescope shown ';

/**
 * Tells which sessions are in use: each recorder holds a Web Lock of its session's name, and each DevTools that shows an
 * earlier session shares one of that. The browser takes them back when their holder dies, however it dies.
 */
export class SessionLocks {
  readonly #release = new Map<string, () => void>();

  /** @param locks of the browser; `null` where there are none: then only our own sessions count as in use */
  constructor(readonly locks: Pick<LockManager, 'request' | 'query'> | null) {}

  /** Holds the lock of a session until {@link release}. Asked for before the session's first record is written. */
  hold(session: string): void {
    this.#request(RECORDED + session, 'exclusive');
  }

  release(session: string): void {
    this.#letGo(RECORDED + session);
  }

  /** Says that a session is shown here, until {@link hide}. Asked for before its record is read. */
  show(session: string): void {
    if (!this.#release.has(SHOWN + session)) this.#request(SHOWN + session, 'shared');
  }

  hide(session: string): void {
    this.#letGo(SHOWN + session);
  }

  /** Ids of the sessions that somebody records. Ask after their records were read, not before. */
  async live(): Promise<Set<string>> {
    return sessionsOf(await this.#names(), RECORDED);
  }

  /** Ids of the sessions that somebody records or shows. Ask after their records were read, not before. */
  async inUse(): Promise<Set<string>> {
    const names = await this.#names();
    return new Set([...sessionsOf(names, RECORDED), ...sessionsOf(names, SHOWN)]);
  }

  /** Ids of the sessions that other DevTools show, whether or not they are shown here. */
  async shownElsewhere(): Promise<Set<string>> {
    const names = await this.#locked();
    for (const own of this.#release.keys()) {
      const at = names.indexOf(own);
      if (at >= 0) names.splice(at, 1);
    }
    return sessionsOf(names, SHOWN);
  }

  #request(name: string, mode: LockMode): void {
    const released = new Promise<void>((resolve) => this.#release.set(name, resolve));
    void this.locks?.request(name, { mode }, () => released);
  }

  #letGo(name: string): void {
    this.#release.get(name)?.();
    this.#release.delete(name);
  }

  async #names(): Promise<string[]> {
    return [...(await this.#locked()), ...this.#release.keys()];
  }

  /** Once for each DevTools that holds or wants it. */
  async #locked(): Promise<string[]> {
    const { held = [], pending = [] } = (await this.locks?.query()) ?? {};
    return [...held, ...pending].flatMap(({ name }) => name ?? []);
  }
}

function sessionsOf(names: string[], prefix: string): Set<string> {
  return new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)));
}
