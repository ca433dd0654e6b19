import type { Decoded } from '../core/decode/types';
import { RemoteError } from '../core/messages/rpc';
import type { FrameRow } from '../core/messages/store';
import { FLAG, FRAME_KINDS, KIND } from '../core/model/frame';
import { NONE } from './columns';
import type { Content } from './content';
import { FunctionDecoder } from './function-decoder';
import { pairLatency } from './insight/pair-latency';
import type { FrameLog } from './log';
import { cut, eventSummary, rawSummary } from './summary';
import type { View } from './view';

/** A payload larger than this is not decoded for its row. */
const DECODE_BYTES = 64 * 1024;
/** So long rows wait for functions of the user's, in ms. */
const PATIENCE_MS = 100;
/** What came late is told of this often, in ms. */
const LATE_MS = 500;
/** Frames that functions were asked about and have not answered: more are not asked about for rows. */
const MOST_WAITING = 500;
/** Rows whose text is remembered. */
const REMEMBERED = 4096;

interface RowText {
  data: string;
  messageKind: string;
}

/** Makes the rows that the panel draws, and remembers what the latest of them say. */
export class Rows {
  readonly #texts = new Map<number, RowText>();
  /** Told of messages that somebody looks at. */
  onDecoded: (frame: number, decoded: Decoded) => void = () => undefined;
  /** Told when functions of the user's have said what they did not say in time. */
  onLate: () => void = () => undefined;
  /** Functions that were not waited for. */
  #slow = 0;
  #telling: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly log: FrameLog,
    readonly content: Content,
  ) {}

  /** Rows `from` to `from + count` (exclusive) of a view. Loads what is not in memory. */
  async of(view: Pick<View, 'frames' | 'spec'>, from: number, count: number): Promise<FrameRow[]> {
    const { column, descending } = view.spec.sort;
    // With one more at the end where the row before stands in time.
    const latestFirst = column === 'time' && descending;
    const begin = latestFirst || from === 0 ? from : from - 1;
    const frames = view.frames(begin, from + count + (latestFirst ? 1 : 0));
    const shown = frames.slice(from - begin, from - begin + count);
    if (FunctionDecoder.made > 0) await this.#runFunctions(shown);
    const rows: FrameRow[] = [];
    for (let i = 0; i < shown.length; i++) {
      const row = await this.row(shown[i]);
      const before = frames[latestFirst ? i + 1 : from - begin + i - 1];
      if (before !== undefined) row.delta = row.time - this.log.columns.time(before);
      rows.push(row);
    }
    return rows;
  }

  /** @throws {RemoteError} when there is no such frame */
  async row(frame: number): Promise<FrameRow> {
    const { columns, marks } = this.log;
    if (!(frame >= 0 && frame < this.log.frames)) {
      throw new RemoteError({ name: 'NotFoundError', message: `There is no frame ${frame}` });
    }
    const text = this.#texts.get(frame) ?? (await this.#text(frame));
    const link = this.log.pairs.of(frame);
    const previous = columns.previous(frame);
    const flags = columns.flags(frame);
    return {
      frame,
      time: columns.time(frame),
      delta: null,
      gap: previous === NONE ? null : columns.time(frame) - columns.time(previous),
      connection: columns.connection(frame),
      kind: FRAME_KINDS[columns.kind(frame)],
      direction: (flags & FLAG.sent) !== 0 ? 'sent' : 'received',
      flags,
      length: columns.length(frame),
      ...text,
      pair: link && { ...link, latency: pairLatency(this.log, frame) },
      marked: marks.has(frame),
      note: marks.get(frame) ?? '',
    };
  }

  /** What was remembered of a frame, or of all, is not true any more. */
  forget(frame?: number): void {
    if (frame === undefined) this.#texts.clear();
    else this.#texts.delete(frame);
  }

  async #text(frame: number): Promise<RowText> {
    const { columns, connections } = this.log;
    const kind = columns.kind(frame);
    const large = columns.length(frame) > DECODE_BYTES;
    const payload = await this.log.payload(frame, 0, large ? DECODE_BYTES : undefined);
    if (kind > KIND.binary) {
      const connection = connections.get(columns.connection(frame))?.connection;
      return { data: cut(eventSummary(kind, payload ?? new Uint8Array(0), connection)), messageKind: '' };
    }
    const raw = () => cut(rawSummary(kind === KIND.text, columns.flags(frame), payload));
    if (payload === null) return { data: raw(), messageKind: '' };
    if (!large) await this.content.prepare(columns.connection(frame));
    const text = large ? { data: raw(), messageKind: '' } : this.#decoded(frame, payload, raw);
    if (large || !this.content.lacksAnswer(frame)) this.#remember(frame, text);
    return text;
  }

  /** Has functions of the user's look at frames. Those that take long are waited for by nobody. */
  async #runFunctions(frames: ArrayLike<number>): Promise<void> {
    const { columns } = this.log;
    const wanted: number[] = [];
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i];
      if (this.#texts.has(frame) || columns.kind(frame) > KIND.binary || columns.length(frame) > DECODE_BYTES) continue;
      await this.content.prepare(columns.connection(frame));
      if (this.content.lacksAnswer(frame)) wanted.push(frame);
    }
    // Rows that run away faster than they are read are asked for again when the rest is done.
    if (wanted.length === 0 || this.content.answers.backlog > MOST_WAITING) return;
    const done = this.content.run(wanted, true);
    let patience: ReturnType<typeof setTimeout> | undefined;
    const tired = new Promise<true>((resolve) => {
      patience = setTimeout(resolve, PATIENCE_MS, true);
    });
    const late = await Promise.race([done, tired]);
    clearTimeout(patience);
    if (late) void this.#tellLate(done);
  }

  /** While functions are slow, what they said until now is told of; and when they are done. */
  async #tellLate(done: Promise<void>): Promise<void> {
    this.#slow++;
    this.#telling ??= setInterval(() => this.onLate(), LATE_MS);
    await done;
    if (--this.#slow > 0) return;
    clearInterval(this.#telling);
    this.#telling = undefined;
    this.onLate();
  }

  #decoded(frame: number, payload: Uint8Array, raw: () => string): RowText {
    const choice = this.content.choice(frame);
    if (choice === null || this.content.lacksAnswer(frame)) return { data: raw(), messageKind: '' };
    const decoded = this.content.decode(frame, payload, choice.decoder);
    this.onDecoded(frame, decoded);
    const own = this.log.columns.kind(frame) === KIND.text && choice.decoder.layer === 'encoding';
    return { data: own ? raw() : cut(decoded.summary), messageKind: decoded.kind };
  }

  #remember(frame: number, text: RowText): void {
    this.#texts.set(frame, text);
    if (this.#texts.size <= REMEMBERED) return;
    for (const oldest of this.#texts.keys()) {
      this.#texts.delete(oldest);
      break;
    }
  }
}
