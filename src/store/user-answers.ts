import type { Decoder } from '../core/decode/types';
import type { UserAnswer } from '../core/decode/user-result';
import type { SandboxFrame } from '../core/messages/sandbox';
import { FunctionDecoder } from './function-decoder';

/** What is kept: answers, and bytes of them. The oldest go. */
const MOST_ANSWERS = 8192;
const MOST_BYTES = 32 << 20;
/** An answer that is an error's message, in bytes. */
const FAILURE_BYTES = 1024;

/** What users' functions said of the frames of a log. */
export class UserAnswers {
  readonly #kept = new Map<string, UserAnswer>();
  readonly #coming = new Map<string, Promise<void>>();
  #bytes = 0;

  /** @param frameOf a message as a function is given it; `null` when its payload is gone */
  constructor(readonly frameOf: (frame: number) => Promise<SandboxFrame | null>) {}

  get(decoder: FunctionDecoder, frame: number): UserAnswer | undefined {
    return this.#kept.get(keyOf(decoder, frame));
  }

  /** Whether a frame has to be {@link run} before it can be decoded. */
  lacks(decoder: Decoder | undefined, frame: number): boolean {
    return decoder instanceof FunctionDecoder && this.get(decoder, frame) === undefined;
  }

  set(decoder: FunctionDecoder, frame: number, answer: UserAnswer): void {
    const key = keyOf(decoder, frame);
    this.#drop(key);
    this.#kept.set(key, answer);
    this.#bytes += sizeOf(answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_ANSWERS && this.#bytes <= MOST_BYTES) break;
      // The latest is about to be asked for, however large it is.
      if (oldest !== key) this.#drop(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  /** Frames that functions were asked about and have not answered. */
  get backlog(): number {
    return this.#coming.size;
  }

  /**
   * Has functions look at frames that they have not seen yet, and waits for what they are asked about already.
   * @param urgent whether somebody is looking at these frames
   */
  async run(wanted: Iterable<{ frame: number; decoder: Decoder | undefined }>, urgent: boolean): Promise<void> {
    const asked = new Map<FunctionDecoder, SandboxFrame[]>();
    for (const { frame, decoder } of wanted) {
      if (!(decoder instanceof FunctionDecoder) || this.get(decoder, frame) !== undefined) continue;
      const input = await this.frameOf(frame);
      if (input === null) continue;
      const frames = asked.get(decoder) ?? [];
      asked.set(decoder, frames);
      frames.push(input);
    }
    const answers: (Promise<void> | undefined)[] = [];
    for (const [decoder, frames] of asked) {
      // Others may have asked already, or meanwhile.
      const comingOf = ({ frame }: SandboxFrame) => this.#coming.get(keyOf(decoder, frame));
      const fresh = frames.filter((input) => comingOf(input) === undefined && !this.get(decoder, input.frame));
      answers.push(...frames.map(comingOf));
      for (const [i, answer] of decoder.run(fresh, urgent).entries()) {
        answers.push(this.#await(decoder, fresh[i].frame, answer));
      }
    }
    await Promise.all(answers);
  }

  #await(decoder: FunctionDecoder, frame: number, answer: Promise<UserAnswer>): Promise<void> {
    const key = keyOf(decoder, frame);
    const kept = answer.then((said) => {
      this.#coming.delete(key);
      this.set(decoder, frame, said);
    });
    this.#coming.set(key, kept);
    return kept;
  }

  #drop(key: string): void {
    const answer = this.#kept.get(key);
    if (answer === undefined) return;
    this.#kept.delete(key);
    this.#bytes -= sizeOf(answer);
  }
}

function keyOf({ serial }: FunctionDecoder, frame: number): string {
  return `${serial} ${frame}`;
}

function sizeOf(answer: UserAnswer): number {
  return 'failure' in answer ? FAILURE_BYTES : answer.size;
}
