import type { Part } from '../core/decode/parts';
import type { Decoded, DecodedNode } from '../core/decode/types';
import type { RowContent } from '../core/filter/types';
import { KIND } from '../core/model/frame';
import type { Content } from './content';

const JSON_DECODER = 'json';
/** Whole numbers of so many digits may be beyond 2^53. */
const LONG_NUMBER = /\d{16}/;

const utf8 = new TextDecoder();
// WHATWG calls it windows-1252: one UTF-16 unit a byte, which is all that is needed here.
const latin1 = new TextDecoder('latin1');

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

  parts(): readonly Part[] {
    return this.#decode()?.parts ?? [];
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
