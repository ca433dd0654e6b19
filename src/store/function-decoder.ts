import { plainValue } from '../core/decode/plain-value';
import { NO } from '../core/decode/sniffing';
import type { DecodeContext, Decoded, Decoder } from '../core/decode/types';
import type { UserDecoder } from '../core/decode/user-decoder';
import { decodedByUser, type UserAnswer } from '../core/decode/user-result';
import { type FromSandbox, parseFromSandbox, type SandboxFrame, type ToSandbox } from '../core/messages/sandbox';
import type { FunctionProblem } from '../core/messages/user-decoders';

/** What of a Worker is used here. */
export type SandboxWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Times in ms. */
export interface FunctionLimits {
  /** For one message. */
  frame: number;
  /** To run the code for the first time. */
  code: number;
  /** For the sandbox itself, on a busy machine. */
  start: number;
  /** Messages that may take too long before no more are tried. */
  overruns: number;
}

export const FUNCTION_LIMITS: FunctionLimits = { frame: 1000, code: 3000, start: 15_000, overruns: 3 };

/** Messages that are handed over at once take about this long, in ms, so that one that somebody looks at need not wait. */
const CHUNK_MS = 40;
const MOST_CHUNK = 64;
/** So often a message may take too long before it is given up. */
const MOST_TRIES = 2;

interface Job {
  frame: SandboxFrame;
  /** How often it took too long: a machine may be so busy that it is no fault of the function. */
  tries: number;
  resolve(answer: UserAnswer): void;
}

/**
 * A function of the user's. It runs in a sandbox, and so not at once: {@link run} has it look at messages, and who keeps
 * the answers makes results of them ({@link decodedByUser}). A sandbox that does not answer in time is ended.
 */
export class FunctionDecoder implements Decoder {
  /** How many there ever were: as long as there is none, nobody needs to look for one. */
  static made = 0;
  readonly layer = 'protocol';
  /** Tells this version of the code from others of the same id. */
  readonly serial = ++FunctionDecoder.made;
  /** Why it does not run, as far as that is known. */
  problem: FunctionProblem | null = null;
  #sandbox: SandboxWorker | null = null;
  #started: Promise<void> | null = null;
  #heard: (message: FromSandbox) => void = () => undefined;
  #pumping = false;
  readonly #urgent: Job[] = [];
  readonly #patient: Job[] = [];
  #overruns = 0;
  #chunk = 1;

  constructor(
    readonly user: UserDecoder & { type: 'function' },
    /** `null` where there are no sandboxes. */
    readonly createSandbox: (() => SandboxWorker) | null,
    readonly limits: FunctionLimits = FUNCTION_LIMITS,
  ) {}

  get id(): string {
    return this.user.id;
  }

  get label(): string {
    return this.user.label;
  }

  sniff() {
    return NO;
  }

  /** Without its answer nothing can be said of a message. */
  decode(payload: Uint8Array, { text }: DecodeContext): Decoded {
    return decodedByUser({ failure: `${this.label} has not read this message yet` }, payload, text);
  }

  /**
   * Has messages decoded, one after the other.
   * @param urgent whether somebody is looking at them: then they go before those for which that is not so
   * @returns an answer for each
   */
  run(frames: readonly SandboxFrame[], urgent: boolean): Promise<UserAnswer>[] {
    const queue = urgent ? this.#urgent : this.#patient;
    const answers = frames.map(
      (frame) => new Promise<UserAnswer>((resolve) => queue.push({ frame, tries: 0, resolve })),
    );
    void this.#pump();
    return answers;
  }

  /** Tries the code, unless that was done. @returns what is wrong with it */
  async check(): Promise<FunctionProblem | null> {
    if (this.problem === null) await this.#start();
    return this.problem;
  }

  /** Ends the sandbox. What is asked later starts another. */
  close(): void {
    this.#sandbox?.terminate();
    this.#sandbox = null;
    this.#started = null;
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#urgent.length + this.#patient.length > 0) {
        if (this.problem === null) await this.#start();
        const queue = this.#urgent.length > 0 ? this.#urgent : this.#patient;
        const jobs = queue.splice(0, this.problem === null ? this.#chunk : queue.length);
        if (this.problem === null) queue.unshift(...(await this.#runChunk(jobs)));
        else for (const { resolve } of jobs) resolve({ failure: this.#describe(this.problem) });
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** @returns those that have to be tried again, in another sandbox */
  async #runChunk(jobs: Job[]): Promise<Job[]> {
    const waiting = [...jobs];
    const begun = performance.now();
    const run: ToSandbox = { type: 'run', frames: jobs.map(({ frame }) => frame) };
    await this.#listen(this.limits.frame, run, (message, again) => {
      if (message.type !== 'result' && message.type !== 'failed') return false;
      if (message.frame !== waiting[0].frame.frame) return false;
      waiting.shift()?.resolve(answerOf(message, this.label));
      again(this.limits.frame);
      return waiting.length === 0;
    });
    if (waiting.length === 0) {
      const pace = (performance.now() - begun) / jobs.length;
      this.#chunk = Math.max(1, Math.min(MOST_CHUNK, jobs.length * 2, Math.floor(CHUNK_MS / Math.max(pace, 0.1))));
      return [];
    }
    this.close();
    this.#chunk = 1;
    const [slow, ...rest] = waiting;
    if (++slow.tries < MOST_TRIES) return waiting;
    this.#tooSlow(slow);
    return rest;
  }

  #tooSlow({ frame, resolve }: Job): void {
    const message = `did not end within ${this.limits.frame} ms on frame ${frame.frame + 1}, and was stopped`;
    resolve({ failure: `${this.label} ${message}` });
    this.#overruns++;
    if (this.#overruns < this.limits.overruns) return;
    this.problem = { message: `It ${message}; ${this.#overruns} frames took too long, no more are tried`, line: null };
  }

  /** Resolves when the function is there, or {@link problem} says why it is not. */
  #start(): Promise<void> {
    this.#started ??= this.#compile();
    return this.#started;
  }

  async #compile(): Promise<void> {
    if (this.createSandbox === null) {
      this.problem = { message: 'There is no sandbox to run it in', line: null };
      return;
    }
    const sandbox = this.createSandbox();
    this.#sandbox = sandbox;
    sandbox.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = parseFromSandbox(data);
      if (message !== null && this.#sandbox === sandbox) this.#heard(message);
    };
    sandbox.onerror = (event) => {
      if (this.#sandbox === sandbox) this.#heard({ type: 'broken', message: event.message, line: null });
    };
    let alive = false;
    let ready = false;
    const code: ToSandbox = { type: 'code', code: this.user.code };
    await this.#listen(this.limits.start, code, (message, again) => {
      ready = message.type === 'ready';
      if (message.type === 'broken') this.problem = { message: message.message, line: message.line };
      if (message.type !== 'alive') return ready || message.type === 'broken';
      alive = true;
      again(this.limits.code);
      return false;
    });
    if (ready) return;
    this.problem ??= alive
      ? { message: `The code did not end within ${this.limits.code} ms when it was first run`, line: null }
      : { message: 'The sandbox did not start', line: null };
    this.close();
  }

  /**
   * Says something to the sandbox and hears it, until `hear` gives true or it has been silent for too long.
   * @param hear is given what it says, and a function that has it wait anew
   */
  #listen(ms: number, say: ToSandbox, hear: (message: FromSandbox, again: (ms: number) => void) => boolean) {
    return new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#heard = () => undefined;
        resolve();
      };
      let timer = setTimeout(end, ms);
      const again = (longer: number): void => {
        clearTimeout(timer);
        timer = setTimeout(end, longer);
      };
      this.#heard = (message) => {
        if (hear(message, again)) end();
      };
      this.#sandbox?.postMessage(say);
    });
  }

  #describe({ message, line }: FunctionProblem): string {
    return `${this.label}: ${line === null ? '' : `line ${line}: `}${message}`;
  }
}

function answerOf(message: FromSandbox & { type: 'result' | 'failed' }, label: string): UserAnswer {
  if (message.type === 'failed') {
    return { failure: `${label} failed${message.line === null ? '' : ` in line ${message.line}`}: ${message.message}` };
  }
  // Its own code may have changed what made the copy there.
  const plain = plainValue(message.value);
  return { ...plain, left: message.left ?? plain.left };
}
