import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * A browser with all its helper processes, as one process group, so that none is left behind: not after a kill, not
 * after a crash of the test runner.
 */
export class BrowserProcess {
  readonly child: ChildProcess;
  /** What the browser wrote to stderr, its latest 64 KiB. */
  output = '';
  readonly #ended: Promise<void>;
  readonly #atExit = (): void => {
    this.#signal('SIGKILL');
  };

  constructor(path: string, args: string[], options: { pipes: number; env?: Record<string, string> | undefined }) {
    const pipes = Array.from({ length: options.pipes }, () => 'pipe' as const);
    this.child = spawn(path, args, {
      stdio: ['ignore', 'ignore', 'pipe', ...pipes],
      detached: true,
      env: { ...process.env, ...options.env },
    });
    this.child.stderr?.on('data', (data: Buffer) => {
      this.output = (this.output + data.toString()).slice(-65_536);
    });
    this.#ended = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.once('error', () => resolve());
    });
    process.once('exit', this.#atExit);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`The browser did not start: ${this.output}`);
    return this.child.pid;
  }

  /** Resolves when the browser's main process is gone. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  /** SIGKILLs the whole group and resolves when its last process is gone. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#ended;
    while (this.#groupLives()) await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeListener('exit', this.#atExit);
  }

  /** Waits for an orderly end, at most `milliseconds`, and kills what is left then. */
  async endWithin(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([
      this.#ended,
      new Promise<void>((resolve) => {
        const id = setTimeout(resolve, milliseconds);
        timer.signal.addEventListener('abort', () => clearTimeout(id));
      }),
    ]);
    timer.abort();
    await this.kill();
  }

  /** Whether a process of the group still runs; one that ended and was not yet collected by its parent does not. */
  #groupLives(): boolean {
    if (!this.#signal(0)) return false;
    if (process.platform !== 'linux') return true;
    return readdirSync('/proc').some((name) => {
      if (!/^\d+$/.test(name)) return false;
      const [state, , group] = statOf(name);
      return group === String(this.child.pid) && state !== 'Z';
    });
  }

  /** Signals the group; says whether there was still a group. */
  #signal(signal: NodeJS.Signals | 0): boolean {
    if (this.child.pid === undefined) return false;
    try {
      process.kill(-this.child.pid, signal);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  }
}

/** State, parent and process group of a process, as `/proc/PID/stat` names them; nothing if it is gone. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}
