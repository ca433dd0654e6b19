import type { DecodeContext, Decoded, DecodedNode, Decoder, Sample } from '../core/decode/types';
import type { Topics } from '../core/decode/topics';
import type { RowContent } from '../core/filter/types';
import type { Direction } from '../core/model/frame';
import { FLAG, KIND } from '../core/model/frame';
import type { SchemaDefinition } from '../core/schema/schema-decoder';
import { NONE } from './columns';
import type { Decoders } from './decoders';
import type { FrameLog } from './log';

export interface Choice {
  decoder: Decoder;
  reason: string;
}

interface Choices {
  /** Messages that the choice was made from. */
  samples: number;
  /** Chosen by the user. */
  fixed: boolean;
  text: Choice;
  binary: Choice;
}

/** The decoder of bytes that nobody understands: it shows them and says no more. */
const RAW = 'binary';
const JSON_DECODER = 'json';
/** Whole numbers of so many digits may be beyond 2^53. */
const LONG_NUMBER = /\d{16}/;

/** Messages before a frame from which a decoder that remembers things learns them again. */
const WARM_UP = 16;

/** What one decoder remembers of one connection, and after which frame. */
interface KeptState {
  state: Record<string, unknown>;
  last: number;
  /** Whether the decoder remembers anything at all: most do not. */
  used: boolean;
}

const utf8 = new TextDecoder();
// WHATWG calls it windows-1252: one UTF-16 unit a byte, which is all that is needed here.
const latin1 = new TextDecoder('latin1');

/** Looks into payloads: which decoder a connection needs, and what it says. */
export class Content {
  readonly #choices = new Map<number, Choices>();
  readonly #states = new Map<string, KeptState>();
  readonly #preferred = new Map<number, string>();
  /** There from the first {@link prepare} on. */
  #registry: Decoders | null = null;

  constructor(
    readonly log: FrameLog,
    readonly loadDecoders: () => Promise<Decoders>,
    /** The decoder the user chose for a URL earlier, if any. */
    readonly remembered: (url: string) => string | undefined,
  ) {}

  /** The user's choice for a connection; `null` for automatic. */
  prefer(connection: number, decoder: string | null): void {
    if (decoder === null) this.#preferred.delete(connection);
    else this.#preferred.set(connection, decoder);
    this.forget();
  }

  /** Choices are made anew, for all connections. */
  forget(): void {
    this.#choices.clear();
  }

  /** Whether {@link choice} of this connection is up to date. */
  isReady(connection: number): boolean {
    const made = this.#choices.get(connection);
    if (made === undefined) return false;
    const samples = this.log.connections.get(connection)?.samples.length ?? 0;
    // More messages are looked at when there are twice as many: a first one alone may mislead.
    return made.fixed || made.samples === samples || (made.samples > 0 && samples < made.samples * 2);
  }

  /** Chooses the decoders of a connection, from its URL, its subprotocol and its first messages. */
  async prepare(connection: number): Promise<void> {
    if (this.isReady(connection)) return;
    const registry = await this.loadDecoders();
    this.#registry = registry;
    const entry = this.log.connections.get(connection);
    const url = entry?.connection.url ?? '';
    const context = { url, protocol: entry?.connection.protocol ?? '' };
    const wanted = this.#preferred.get(connection) ?? this.remembered(url);
    const chosen = registry.decoders.find(({ id }) => id === wanted);
    if (chosen !== undefined) {
      const choice = { decoder: chosen, reason: 'chosen by you' };
      this.#choices.set(connection, { samples: 0, fixed: true, text: choice, binary: choice });
      return;
    }
    const frames = entry?.samples.slice() ?? [];
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
    this.#choices.set(connection, { samples: frames.length, fixed: false, text: of(true), binary: of(false) });
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
    return [...decoders].flatMap(({ definition }) => definition ?? []);
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
    this.#choices.set(connection, { samples: 0, fixed: true, text: of(ids.text), binary: of(ids.binary) });
  }

  /** The decoder of a frame, after {@link prepare} of its connection; `null` for events. */
  choice(frame: number): Choice | null {
    if (this.log.columns.kind(frame) > KIND.binary) return null;
    const made = this.#choices.get(this.log.columns.connection(frame));
    return (this.#isText(frame) ? made?.text : made?.binary) ?? null;
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
    const key = `${this.log.columns.connection(frame)} ${decoder.id}`;
    let kept = this.#states.get(key);
    if (kept === undefined) {
      kept = { state: {}, last: NONE, used: false };
      this.#states.set(key, kept);
    }
    // Whoever scrolls and searches does not go from frame to frame: what is remembered must be of the frames before.
    if (kept.used && kept.last !== this.#messageBefore(frame)) kept.state = this.#stateBefore(frame, decoder);
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
    const known = this.log.connections.get(this.log.columns.connection(frame))?.connection;
    const context: DecodeContext = {
      url: known?.url ?? '',
      protocol: known?.protocol ?? '',
      direction: this.#direction(frame),
      text: this.#isText(frame),
      state,
    };
    return this.#registry.decodeFrame(decoder, payload, context);
  }

  #isText(frame: number): boolean {
    return this.log.columns.kind(frame) === KIND.text;
  }

  #direction(frame: number): Direction {
    return (this.log.columns.flags(frame) & FLAG.sent) !== 0 ? 'sent' : 'received';
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What filters ask of a payload; one object for all rows of a scan, everything computed when asked for. */
export class PayloadContent implements RowContent {
  #frame = 0;
  #payload = NO_BYTES;
  #text: string | null = null;
  #decoded: Decoded | null | undefined;

  constructor(readonly content: Content) {}

  /** Turns to another row. @param text of the payload, where it is known already */
  set(frame: number, payload: Uint8Array | null, text: string | null = null): this {
    this.#frame = frame;
    this.#payload = payload ?? NO_BYTES;
    this.#text = text;
    this.#decoded = undefined;
    return this;
  }

  text(): string {
    const binary = this.content.log.columns.kind(this.#frame) === KIND.binary;
    this.#text ??= (binary ? latin1 : utf8).decode(this.#payload);
    return this.#text;
  }

  decoded(): string {
    if (!this.content.saysMore(this.#frame)) return '';
    const decoded = this.#decode();
    if (decoded === null) return '';
    const words = [decoded.summary];
    collectValues(decoded.tree, words, { left: VALUES });
    return words.join(' ');
  }

  json(): unknown {
    const plain = this.#plainJson();
    if (plain !== undefined) return plain;
    const decoded = this.#decode();
    if (decoded?.json !== undefined) return decoded.json();
    if (this.content.log.columns.kind(this.#frame) === KIND.binary) return undefined;
    try {
      return JSON.parse(this.text());
    } catch {
      // Most texts are not JSON; then no path leads anywhere.
      return undefined;
    }
  }

  jsonIsText(): boolean {
    const decoder = this.content.choice(this.#frame)?.decoder.id ?? 'text';
    return decoder === 'json' || decoder === 'text';
  }

  /** JSON text needs no decoder, as long as its numbers are exact without one. */
  #plainJson(): unknown {
    if (this.content.choice(this.#frame)?.decoder.id !== JSON_DECODER || LONG_NUMBER.test(this.text()))
      return undefined;
    try {
      return JSON.parse(this.text());
    } catch {
      // The decoder makes out what it can.
      return undefined;
    }
  }

  pairId(): string {
    return this.#decode()?.pair?.id ?? '';
  }

  topics(): Topics | undefined {
    return this.#decode()?.topics;
  }

  messageKind(): string {
    return this.#decode()?.kind ?? '';
  }

  #decode(): Decoded | null {
    if (this.#decoded === undefined) {
      const choice = this.content.choice(this.#frame);
      const empty = this.#payload.length === 0;
      this.#decoded = choice === null || empty ? null : this.content.decode(this.#frame, this.#payload, choice.decoder);
    }
    return this.#decoded;
  }
}

/** Nodes of one frame that a search goes through at most: a bound, against trees without end. */
const VALUES = 20_000;

function collectValues(node: DecodedNode, words: string[], budget: { left: number }): void {
  if (--budget.left < 0) return;
  if (node.name !== '') words.push(node.name);
  if (node.note !== undefined) words.push(node.note);
  const children = node.children?.();
  if (children === undefined) words.push(node.value);
  else for (const child of children) collectValues(child, words, budget);
}
