import { type InnerPayload, innerPayload } from './inner-payload';
import { attempt, Broken, ByteReader, type Problem, utf8 } from './reader';
import { bytesNode, grouped } from './tree';
import type { DecodedNode, NodeType } from './types';

/** Most nodes one reader (with its groups) makes; what comes after is left unread and said to be. */
const MAX_FIELDS = 5_000;

/** Most payloads of one message whose encoding is guessed: it costs more than all else. */
const MAX_GUESSES = 20;

/** Thrown instead of making one more node: nothing is wrong with the input. */
class TooManyFields extends Broken {}

/** Words beside a number: fixed, or found from it. */
type Note = string | undefined | ((value: number) => string | undefined);

/**
 * Reads binary fields one after the other and keeps a node with its byte range for each, so that what was read
 * before input broke is still there to be shown. Integers are big-endian. Methods throw {@link Broken} as
 * {@link ByteReader} does; offsets of nodes and of {@link attemptFields} count from `base`.
 */
export class FieldReader {
  readonly nodes: DecodedNode[] = [];

  /**
   * @param source what is read; its `at` moves on
   * @param base byte offset in `source` of the payload: bytes kept from earlier frames may precede it
   * @param budget nodes left to make and binary payloads left to guess at, shared by groups
   */
  constructor(
    readonly source: ByteReader,
    readonly base = 0,
    private readonly budget = { nodes: MAX_FIELDS, guesses: MAX_GUESSES },
  ) {}

  get at(): number {
    return this.source.at;
  }

  /** Within {@link group}: its bytes end where reading has come to, not where `count` says. */
  stopHere(): void {
    this.stopped = true;
  }

  private stopped = false;

  /** Bytes not read yet. */
  get left(): number {
    return this.source.left;
  }

  /** Adds a node for the bytes from `start` to the present position and gives it. */
  add(name: string, type: NodeType, value: string, start: number, note?: string): DecodedNode {
    return this.push({ name, type, value }, start, note);
  }

  /** Adds a ready node for the bytes from `start` to the present position and gives it. */
  push(node: DecodedNode, start: number, note?: string): DecodedNode {
    if (this.budget.nodes-- <= 0) throw new TooManyFields(`more than ${MAX_FIELDS} fields`, start);
    if (note) node.note = note;
    this.setRange(node, start);
    this.nodes.push(node);
    return node;
  }

  private setRange(node: DecodedNode, start: number): void {
    if (this.at < this.base) return;
    node.start = Math.max(0, start - this.base);
    node.end = this.at - this.base;
  }

  private number(name: string, note: Note, read: () => number): number {
    const start = this.at;
    const value = read();
    this.add(name, 'number', String(value), start, typeof note === 'function' ? note(value) : note);
    return value;
  }

  u8(name: string, note?: Note): number {
    return this.number(name, note, () => this.source.u8());
  }

  u16(name: string, note?: Note): number {
    return this.number(name, note, () => this.source.u16());
  }

  u32(name: string, note?: Note): number {
    return this.number(name, note, () => this.source.u32());
  }

  /** An unsigned integer of 64 bits, exact. */
  u64(name: string, note?: string): bigint {
    const start = this.at;
    const value = this.source.u64();
    this.add(name, 'bigint', String(value), start, note);
    return value;
  }

  /** A number of seven bits a byte, as {@link ByteReader.varuint}. */
  varuint(name: string, maxBytes = 8, note?: Note): number {
    return this.number(name, note, () => this.source.varuint(maxBytes));
  }

  /** Text of `count` bytes UTF-8; `from` is where its length prefix began, if it has one. */
  text(name: string, count: number, from = this.at, note?: string): string {
    const value = utf8(this.source.take(count));
    this.add(name, 'string', value, from, note);
    return value;
  }

  /** Text with a length of 16 bits before it. */
  text16(name: string, note?: string): string {
    const from = this.at;
    return this.text(name, this.source.u16(), from, note);
  }

  /** Text with a length of 8 bits before it. */
  text8(name: string, note?: string): string {
    const from = this.at;
    return this.text(name, this.source.u8(), from, note);
  }

  /** Bytes that the protocol carries for its user, shown as what they look like. */
  payload(name: string, count: number, from = this.at): InnerPayload {
    const start = this.source.skip(count);
    const guess = this.budget.guesses-- > 0;
    const payload = innerPayload(name, this.source.bytes, start, start + count, this.base, guess);
    this.push(payload.node, from, `${count} B`);
    return payload;
  }

  /** Opaque bytes, as a leaf that can be decoded further. */
  blob(name: string, count: number, from = this.at, note?: string): Uint8Array {
    const value = this.source.take(count);
    this.push(bytesNode(name, value), from, note);
    return value;
  }

  /**
   * A branch over the next `count` bytes (or those that are there). `read` is given their reader and gives the
   * branch's short value; bytes it leaves are skipped. Where it throws {@link Broken}, the branch keeps what it
   * has. Where fewer than `count` bytes are there, {@link Broken} is thrown after reading them.
   */
  group(name: string, count: number, read: (fields: FieldReader, node: DecodedNode) => string): DecodedNode {
    const start = this.at;
    const node = this.push({ name, type: 'object', value: '' }, start);
    const missing = count - this.left;
    const end = missing > 0 ? this.source.end : start + count;
    const source = new ByteReader(this.source.bytes, start, end);
    const fields = new FieldReader(source, this.base, this.budget);
    node.children = () => grouped(fields.nodes);
    try {
      node.value = read(fields, node);
      if (!fields.stopped) source.at = end;
    } finally {
      this.source.at = source.at;
      this.setRange(node, start);
    }
    if (missing > 0) throw new Broken(`${name || 'value'}: ${missing} bytes missing`, end);
    return node;
  }
}

/**
 * As {@link attempt}, with the offset counted from the payload's start instead of the source's. Input that has more
 * fields than are read is no problem: a node at the end says so.
 */
export function attemptFields(fields: FieldReader, parse: () => void): Problem | undefined {
  let more: Broken | undefined;
  const problem = attempt(() => {
    try {
      parse();
    } catch (error) {
      if (!(error instanceof TooManyFields)) throw error;
      more = error;
    }
  });
  const at = (problem ?? more)?.at ?? 0;
  const shown = Math.max(0, at - fields.base);
  if (more) {
    const rest = `${more.message}, the rest is not shown`;
    fields.nodes.push({ name: '…', type: 'field', value: rest, start: shown, end: shown });
  }
  return problem && { message: problem.message, at: shown };
}
