import { SchemaError } from './schema-error';

/** A word, number, text or sign of a `.proto` file. */
export interface Token {
  type: 'word' | 'number' | 'text' | 'sign' | 'end';
  text: string;
  line: number;
}

const SPACE = /[\s\ufeff]+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[A-Za-z_]\w*/y;
const NUMBER = /0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fF]?/y;
const TEXT = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const SIGN = /[-+;=.,:{}()<>[\]/]/y;

/** Reads the tokens of a `.proto` file one by one (Protocol Buffers Language Specification, Lexical Elements). */
export class ProtoTokens {
  #at = 0;
  #line = 1;
  #next: Token | undefined;

  constructor(
    readonly file: string,
    readonly source: string,
  ) {}

  /** The next token, which stays where it is. @throws {SchemaError} where no token begins */
  peek(): Token {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** The next token, and moves on. @throws {SchemaError} where no token begins */
  take(): Token {
    const token = this.peek();
    this.#next = undefined;
    return token;
  }

  /** Moves on if the next token is this one. */
  skip(text: string): boolean {
    const { type, text: next } = this.peek();
    if (next !== text || type === 'text' || type === 'end') return false;
    this.take();
    return true;
  }

  /** Moves on over this token. @throws {SchemaError} where it is another one */
  expect(text: string): Token {
    const token = this.take();
    if (token.text !== text || token.type === 'text') throw this.wrong(token, `"${text}"`);
    return token;
  }

  /** Moves on over a word. @throws {SchemaError} where it is none */
  word(what: string): Token {
    const token = this.take();
    if (token.type !== 'word') throw this.wrong(token, what);
    return token;
  }

  /** A whole number, perhaps with a sign. @throws {SchemaError} where it is none */
  integer(what: string): number {
    const sign = this.skip('-') ? -1 : 1;
    const token = this.take();
    const text = /^0\d+$/.test(token.text) ? `0o${token.text.slice(1)}` : token.text;
    const value = Number(text);
    if (token.type !== 'number' || !Number.isSafeInteger(value)) throw this.wrong(token, what);
    return sign * value;
  }

  /** Names with dots between, perhaps with one before. @throws {SchemaError} where there is none */
  dotted(what: string): string {
    let name = this.skip('.') ? '.' : '';
    name += this.word(what).text;
    while (this.skip('.')) name += `.${this.word(what).text}`;
    return name;
  }

  /** The error that something else was expected where a token is. */
  wrong({ type, text, line }: Token, expected: string): SchemaError {
    const found = type === 'end' ? 'the end of the file' : `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
    return new SchemaError(this.file, line, `${expected} expected, ${found} found`);
  }

  #read(): Token {
    while (this.#match(SPACE) !== undefined || this.#match(COMMENT) !== undefined);
    const line = this.#line;
    if (this.source.startsWith('/*', this.#at)) {
      throw new SchemaError(this.file, line, 'a comment that does not end');
    }
    for (const [type, pattern] of [
      ['word', WORD],
      ['number', NUMBER],
      ['text', TEXT],
      ['sign', SIGN],
    ] as const) {
      const text = this.#match(pattern);
      if (text !== undefined) return { type, text: type === 'text' ? text.slice(1, -1) : text, line };
    }
    const text = this.source.slice(this.#at, this.#at + 1);
    if (text === '') return { type: 'end', text, line };
    throw new SchemaError(this.file, line, `"${text}" cannot stand here`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.source)?.[0];
    if (text === undefined) return undefined;
    this.#at += text.length;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#line++;
    return text;
  }
}
