import type { DecodeContext, Decoded, Decoder, Sample } from '../core/decode/types';
import type { UserDecoder } from '../core/decode/user-decoder';
import { decodedByUser, type UserAnswer } from '../core/decode/user-result';
import type { Direction } from '../core/model/frame';
import { FLAG, KIND } from '../core/model/frame';
import type { SchemaDefinition } from '../core/schema/schema-decoder';
import { NONE } from './columns';
import type { Decoders } from './decoders';
import { FunctionDecoder } from './function-decoder';
import type { FrameLog } from './log';
import { UserAnswers } from './user-answers';

export interface Choice {
  decoder: Decoder;
  reason: string;
}

interface Choices {
  /** Messages that the choice was made from. */
  samples: number;
  /** Those of them whose payload was still to come, if any. */
  pending: number[];
  /** Chosen by the user. */
  fixed: boolean;
  text: Choice;
  binary: Choice;
}

/** The decoder of bytes that nobody understands: it shows them and says no more. */
const RAW = 'binary';

/** Frames that functions look at in one go, where all are read. */
const RUN_AHEAD = 256;

/** Messages before a frame from which a decoder that remembers things learns them again. */
const WARM_UP = 16;
/** A decoder that remembered nothing of the messages before a frame so many times remembers nothing at all. */
const LOOKS = 8;

/** What one decoder remembers of one connection, and after which frame. */
interface KeptState {
  state: Record<string, unknown>;
  last: number;
  /** Whether the decoder remembers anything at all: most do not. */
  used: boolean;
  /** How often it was asked whether it does. */
  looks: number;
}

/** Looks into payloads: which decoder a connection needs, and what it says. */
export class Content {
  readonly #choices = new Map<number, Choices>();
  readonly #states = new Map<string, KeptState>();
  /** Grows when all choices are void. */
  #epoch = 0;
  /** What functions of the user's said of frames: they run elsewhere, before {@link decode}. */
  readonly answers: UserAnswers;
  /** There from the first {@link prepare} on. */
  #registry: Decoders | null = null;

  constructor(
    readonly log: FrameLog,
    readonly loadDecoders: () => Promise<Decoders>,
    /** The decoder the user chose for a URL earlier, if any. */
    readonly remembered: (url: string) => string | undefined,
  ) {
    this.answers = new UserAnswers(async (frame) => {
      const payload = await this.log.payload(frame);
      return payload && { frame, bytes: payload.slice(), ...this.#contextOf(frame) };
    });
  }

  /** Choices are made anew, for all connections. */
  forget(): void {
    this.#epoch++;
    this.#choices.clear();
    this.#states.clear();
    this.answers.clear();
  }

  /** Whether {@link choice} of this connection is up to date. */
  isReady(connection: number): boolean {
    const made = this.#choices.get(connection);
    if (made === undefined) return false;
    const samples = this.log.connections.get(connection)?.samples.length ?? 0;
    // More messages are looked at when there are twice as many: a first one alone may mislead.
    const enough = made.samples === samples || (made.samples > 0 && samples < made.samples * 2);
    return made.fixed || (enough && made.pending.every((frame) => this.log.isAwaited(frame)));
  }

  /** Chooses the decoders of a connection, from its URL, its subprotocol and its first messages. */
  async prepare(connection: number): Promise<void> {
    while (!this.isReady(connection)) {
      const epoch = this.#epoch;
      const choices = await this.#choose(connection);
      // What was chosen from before all choices became void is void too.
      if (epoch !== this.#epoch) continue;
      this.#choices.set(connection, choices);
      return;
    }
  }

  async #choose(connection: number): Promise<Choices> {
    const registry = await this.loadDecoders();
    this.#registry = registry;
    const entry = this.log.connections.get(connection);
    const url = entry?.connection.url ?? '';
    const context = { url, protocol: entry?.connection.protocol ?? '' };
    const wanted = this.remembered(url);
    const chosen = registry.decoders.find(({ id }) => id === wanted);
    if (chosen !== undefined) {
      const choice = { decoder: chosen, reason: 'chosen by you' };
      return { samples: 0, pending: [], fixed: true, text: choice, binary: choice };
    }
    const frames = entry?.samples.slice() ?? [];
    const pending = frames.filter((frame) => this.log.isAwaited(frame));
    const samples: Sample[] = [];
    for (const frame of frames) {
      const payload = await this.log.payload(frame);
      if (payload !== null) samples.push({ direction: this.#direction(frame), text: this.#isText(frame), payload });
    }
    const all = registry.chooseDecoder(context, samples);
    // An encoding is one of texts or of bytes; a connection may carry both.
    const of = (text: boolean) =>
      all.decoder.layer === 'protocol'
        ? all
        : registry.chooseDecoder(
            context,
            samples.filter((sample) => sample.text === text),
          );
    return { samples: frames.length, pending, fixed: false, text: of(true), binary: of(false) };
  }

  /** The same for the connections of frames `from` to `to` (exclusive). */
  async prepareAll(from: number, to: number): Promise<void> {
    let last = -1;
    for (let frame = from; frame < to; frame++) {
      const connection = this.log.columns.connection(frame);
      if (connection !== last && !this.isReady(connection)) await this.prepare(connection);
      last = connection;
    }
  }

  /** Ids of a connection's decoders; `null` before {@link prepare}. */
  decodersOf(connection: number): { text: string; binary: string } | null {
    const made = this.#choices.get(connection);
    return made ? { text: made.text.decoder.id, binary: made.binary.decoder.id } : null;
  }

  /** What of a connection's decoders is made anew where they are not built in. */
  definitionsOf(connection: number): SchemaDefinition[] {
    const made = this.#choices.get(connection);
    const decoders = made ? new Set([made.text.decoder, made.binary.decoder]) : [];
    return [...decoders].flatMap(({ schema }) => schema ?? []);
  }

  /** What of a connection's decoders the user made. */
  usersOf(connection: number): UserDecoder[] {
    const made = this.#choices.get(connection);
    return made ? [made.text.decoder, made.binary.decoder].flatMap(({ user }) => user ?? []) : [];
  }

  /** Takes over decoders that were chosen elsewhere. */
  async adopt(connection: number, ids: { text: string; binary: string }): Promise<void> {
    const registry = await this.loadDecoders();
    this.#registry = registry;
    const of = (wanted: string): Choice => {
      const decoder = registry.decoders.find(({ id }) => id === wanted);
      if (decoder === undefined) throw new Error(`There is no decoder "${wanted}"`);
      return { decoder, reason: '' };
    };
    this.#choices.set(connection, { samples: 0, pending: [], fixed: true, text: of(ids.text), binary: of(ids.binary) });
  }

  /** The decoder of a frame, after {@link prepare} of its connection; `null` for events. */
  choice(frame: number): Choice | null {
    if (this.log.columns.kind(frame) > KIND.binary) return null;
    const made = this.#choices.get(this.log.columns.connection(frame));
    return (this.#isText(frame) ? made?.text : made?.binary) ?? null;
  }

  /** What a function of the user's said of a frame, if there is one and it did. */
  answerOf(frame: number): UserAnswer | undefined {
    const decoder = FunctionDecoder.made > 0 ? this.choice(frame)?.decoder : undefined;
    return decoder instanceof FunctionDecoder ? this.answers.get(decoder, frame) : undefined;
  }

  /** Takes over what was said elsewhere. */
  adoptAnswer(frame: number, answer: UserAnswer): void {
    const decoder = this.choice(frame)?.decoder;
    if (decoder instanceof FunctionDecoder) this.answers.set(decoder, frame, answer);
  }

  /** Whether a function of the user's has to {@link run} on a frame before it can be decoded. */
  lacksAnswer(frame: number): boolean {
    return FunctionDecoder.made > 0 && this.answers.lacks(this.choice(frame)?.decoder, frame);
  }

  /**
   * Has functions of the user's look at frames, after {@link prepare} of their connections.
   * @param urgent whether somebody is looking at these frames
   */
  run(frames: Iterable<number>, urgent: boolean): Promise<void> {
    const wanted = Array.from(frames, (frame) => ({ frame, decoder: this.choice(frame)?.decoder }));
    return this.answers.run(wanted, urgent);
  }

  /** The same with a frame that is read next, and some of those after it. */
  runFrom(frame: number): Promise<void> {
    const wanted: number[] = [];
    const to = Math.min(this.log.frames, frame + RUN_AHEAD);
    for (let next = frame; next < to; next++) if (this.lacksAnswer(next)) wanted.push(next);
    return this.run(wanted, false);
  }

  /** Whether the decoder tells more of a connection's text, or binary, frames than the raw text does. */
  saysMoreIn(connection: number, text: boolean): boolean {
    const made = this.#choices.get(connection);
    if (made === undefined) return false;
    const { layer, id } = (text ? made.text : made.binary).decoder;
    return layer === 'protocol' || (!text && id !== RAW);
  }

  /** The same of one frame; never of events. */
  saysMore(frame: number): boolean {
    if (this.log.columns.kind(frame) > KIND.binary) return false;
    return this.saysMoreIn(this.log.columns.connection(frame), this.#isText(frame));
  }

  /** Decodes a frame, after {@link prepare} of any connection. */
  decode(frame: number, payload: Uint8Array, decoder: Decoder): Decoded {
    const answer = decoder instanceof FunctionDecoder ? this.answers.get(decoder, frame) : undefined;
    if (answer !== undefined) return decodedByUser(answer, payload, this.#isText(frame));
    const key = `${this.log.columns.connection(frame)} ${decoder.id}`;
    let kept = this.#states.get(key);
    if (kept === undefined) {
      kept = { state: {}, last: NONE, used: false, looks: 0 };
      this.#states.set(key, kept);
    }
    // Whoever scrolls and searches does not go from frame to frame: what is remembered must be of the frames before.
    if (kept.last !== this.#messageBefore(frame) && (kept.used || kept.looks++ < LOOKS))
      kept.state = this.#stateBefore(frame, decoder);
    const decoded = this.#decodeWith(kept.state, frame, payload, decoder);
    kept.last = frame;
    kept.used ||= Object.keys(kept.state).length > 0;
    return decoded;
  }

  /** What a decoder remembers when it has seen the messages just before a frame, as far as they are in memory. */
  #stateBefore(frame: number, decoder: Decoder): Record<string, unknown> {
    const before: { frame: number; payload: Uint8Array }[] = [];
    for (let earlier = this.#messageBefore(frame); earlier !== NONE && before.length < WARM_UP; ) {
      const payload = this.log.payloadNow(earlier);
      if (!payload) break;
      before.unshift({ frame: earlier, payload });
      earlier = this.#messageBefore(earlier);
    }
    const state = {};
    for (const { frame, payload } of before) this.#decodeWith(state, frame, payload, decoder);
    return state;
  }

  #messageBefore(frame: number): number {
    const { columns } = this.log;
    let before = columns.previous(frame);
    while (before !== NONE && columns.kind(before) > KIND.binary) before = columns.previous(before);
    return before;
  }

  #decodeWith(state: Record<string, unknown>, frame: number, payload: Uint8Array, decoder: Decoder): Decoded {
    if (this.#registry === null) throw new Error('The decoders are not there yet');
    return this.#registry.decodeFrame(decoder, payload, { ...this.#contextOf(frame), state });
  }

  #contextOf(frame: number): Omit<DecodeContext, 'state'> {
    const known = this.log.connections.get(this.log.columns.connection(frame))?.connection;
    return {
      url: known?.url ?? '',
      protocol: known?.protocol ?? '',
      direction: this.#direction(frame),
      text: this.#isText(frame),
    };
  }

  #isText(frame: number): boolean {
    return this.log.columns.kind(frame) === KIND.text;
  }

  #direction(frame: number): Direction {
    return (this.log.columns.flags(frame) & FLAG.sent) !== 0 ? 'sent' : 'received';
  }
}
