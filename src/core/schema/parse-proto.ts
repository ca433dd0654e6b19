import { ProtoTokens, type Token } from './proto-tokens';
import type { DeclaredField, ProtoFile } from './proto-types';

/** Messages within messages within messages. */
const DEEPEST = 64;
/** The largest field number there is. */
const MOST_NUMBER = 2 ** 29 - 1;

/**
 * What a `.proto` file declares (Protocol Buffers Language Specification, proto2, proto3 and editions). Options, services
 * and reserved numbers say nothing about how bytes are read: they are passed over.
 *
 * @param name of the file, for messages
 * @throws {SchemaError} with the line, where it is none
 */
export function parseProto(name: string, source: string): ProtoFile {
  return new ProtoParser(name, source).parse();
}

class ProtoParser {
  readonly #tokens: ProtoTokens;
  readonly #file: ProtoFile;

  constructor(name: string, source: string) {
    this.#tokens = new ProtoTokens(name, source);
    this.#file = { name, imports: [], messages: [], enums: [], extensions: [] };
  }

  parse(): ProtoFile {
    const tokens = this.#tokens;
    let scope = '';
    while (tokens.peek().type !== 'end') {
      if (tokens.skip(';')) continue;
      const token = tokens.word('"message", "enum" or another declaration');
      switch (token.text) {
        case 'package':
          scope = tokens.dotted('the name of a package');
          tokens.expect(';');
          break;
        case 'import':
          this.#import();
          break;
        case 'syntax':
        case 'edition':
        case 'option':
          this.#skipStatement();
          break;
        case 'service':
          tokens.word('the name of a service');
          this.#skipBlock();
          break;
        default:
          if (!this.#declaration(token, scope, 0))
            throw tokens.wrong(token, '"message", "enum" or another declaration');
      }
    }
    return this.#file;
  }

  /** What may stand in a file as in a message; false where it is something else. */
  #declaration(token: Token, scope: string, depth: number): boolean {
    const { type } = this.#tokens.peek();
    if (type !== 'word' && !(token.text === 'extend' && this.#tokens.peek().text === '.')) return false;
    switch (token.text) {
      case 'message':
        this.#message(scope, this.#tokens.word('the name of a message'), depth);
        return true;
      case 'enum':
        this.#enum(scope);
        return true;
      case 'extend':
        this.#extend(scope, depth);
        return true;
      case 'export':
      case 'local': {
        const next = this.#tokens.peek().text;
        return (next === 'message' || next === 'enum') && this.#declaration(this.#tokens.take(), scope, depth);
      }
      default:
        return false;
    }
  }

  #import(): void {
    const tokens = this.#tokens;
    if (tokens.peek().type === 'word') tokens.take();
    const path = tokens.take();
    if (path.type !== 'text') throw tokens.wrong(path, 'the name of a file in quotation marks');
    this.#file.imports.push(path.text);
    tokens.expect(';');
  }

  #message(scope: string, { text, line }: Token, depth: number): void {
    const name = within(scope, text);
    const fields: DeclaredField[] = [];
    this.#file.messages.push({ name, line, fields });
    if (depth > DEEPEST) throw this.#tokens.wrong({ type: 'word', text, line }, 'messages that are nested less deeply');
    this.#body(name, depth, (field) => fields.push(field));
  }

  /** The body of a message, group or `extend`. */
  #body(scope: string, depth: number, add: (field: DeclaredField) => void, oneof?: string): void {
    const tokens = this.#tokens;
    tokens.expect('{');
    while (!tokens.skip('}')) {
      if (tokens.skip(';')) continue;
      const token = tokens.peek();
      if (token.text === '.') {
        this.#field(scope, depth, add, oneof);
        continue;
      }
      tokens.word('a field or "}"');
      const next = tokens.peek();
      if (token.text === 'option' || (['reserved', 'extensions'].includes(token.text) && next.text !== '.')) {
        this.#skipStatement();
      } else if (token.text === 'oneof' && next.type === 'word') {
        this.#body(scope, depth + 1, add, tokens.word('the name of a oneof').text);
      } else if (!this.#isDeclaration(token, next) || !this.#declaration(token, scope, depth + 1)) {
        this.#field(scope, depth, add, oneof, token);
      }
    }
  }

  /** `message` and the like may be names of types too: then a name and `=` follow, and no `{`. */
  #isDeclaration({ text }: Token, next: Token): boolean {
    return (
      (['message', 'enum', 'extend', 'export', 'local'].includes(text) && next.type === 'word') || text === 'extend'
    );
  }

  #field(scope: string, depth: number, add: (field: DeclaredField) => void, oneof?: string, begun?: Token): void {
    const tokens = this.#tokens;
    let first = begun;
    let repeated = false;
    if (first && ['optional', 'required', 'repeated'].includes(first.text) && tokens.peek().text !== '=') {
      repeated = first.text === 'repeated';
      first = undefined;
    }
    const { line } = first ?? tokens.peek();
    if (first === undefined && tokens.peek().type === 'word') first = tokens.take();
    if (first?.text === 'group') {
      this.#group(scope, depth, add, { repeated, oneof, line });
      return;
    }
    if (first?.text === 'map' && tokens.skip('<')) {
      this.#map(scope, add, line);
      return;
    }
    let type = first?.text ?? '';
    if (first === undefined || tokens.peek().text === '.') type += this.#rest(first === undefined);
    const name = tokens.word('the name of a field').text;
    tokens.expect('=');
    const number = this.#number();
    this.#options();
    add({ number, name, type, scope, line, ...(repeated && { repeated }), ...(oneof && { oneof }) });
  }

  /** What follows the first word of a type's name. */
  #rest(whole: boolean): string {
    if (whole) return this.#tokens.dotted('a type');
    let name = '';
    while (this.#tokens.skip('.')) name += `.${this.#tokens.word('a type').text}`;
    return name;
  }

  #group(
    scope: string,
    depth: number,
    add: (field: DeclaredField) => void,
    { repeated, oneof, line }: { repeated: boolean; oneof?: string; line: number },
  ): void {
    const tokens = this.#tokens;
    const name = tokens.word('the name of a group');
    tokens.expect('=');
    const number = this.#number();
    if (tokens.peek().text === '[') this.#skipBrackets();
    const type = `.${within(scope, name.text)}`;
    add({
      number,
      name: name.text.toLowerCase(),
      type,
      scope,
      line,
      ...(repeated && { repeated }),
      ...(oneof && { oneof }),
    });
    this.#message(scope, name, depth + 1);
  }

  /** A map is a list of entries (Language Guide, Maps, Backwards compatibility). */
  #map(scope: string, add: (field: DeclaredField) => void, line: number): void {
    const tokens = this.#tokens;
    const keyType = tokens.dotted('the type of the keys');
    tokens.expect(',');
    const valueType = tokens.dotted('the type of the values');
    tokens.expect('>');
    const name = tokens.word('the name of a field').text;
    tokens.expect('=');
    const number = this.#number();
    this.#options();
    // A name that no file can declare, so that it is never taken already.
    const entry = within(scope, `${name}<>`);
    const member = (number: number, name: string, type: string): DeclaredField => ({ number, name, type, scope, line });
    const fields = [member(1, 'key', keyType), member(2, 'value', valueType)];
    this.#file.messages.push({ name: entry, line, fields });
    add({ number, name, type: `.${entry}`, scope, line, repeated: true, map: true });
  }

  #number(): number {
    const token = this.#tokens.peek();
    const number = this.#tokens.integer('the number of a field');
    if (number < 1 || number > MOST_NUMBER) throw this.#tokens.wrong(token, `a field number from 1 to ${MOST_NUMBER}`);
    return number;
  }

  #enum(scope: string): void {
    const tokens = this.#tokens;
    const { text, line } = tokens.word('the name of an enum');
    const values: [number, string][] = [];
    tokens.expect('{');
    while (!tokens.skip('}')) {
      if (tokens.skip(';')) continue;
      const name = tokens.word('a value or "}"').text;
      if (tokens.peek().text !== '=' && (name === 'option' || name === 'reserved')) {
        this.#skipStatement();
        continue;
      }
      tokens.expect('=');
      values.push([tokens.integer('a number'), name]);
      this.#options();
    }
    this.#file.enums.push({ name: within(scope, text), line, values });
  }

  #extend(scope: string, depth: number): void {
    const extendee = this.#tokens.dotted('the name of a message');
    this.#body(scope, depth + 1, (field) => {
      const name = `[${within(scope, field.name)}]`;
      this.#file.extensions.push({ extendee, field: { ...field, name } });
    });
  }

  #options(): void {
    if (this.#tokens.peek().text === '[') this.#skipBrackets();
    this.#tokens.expect(';');
  }

  #skipBrackets(): void {
    this.#skipNested('[', ']');
  }

  #skipBlock(): void {
    this.#skipNested('{', '}');
  }

  #skipNested(open: string, close: string): void {
    const { line } = this.#tokens.expect(open);
    for (let depth = 1; depth > 0; ) {
      const token = this.#tokens.take();
      if (token.type === 'end') throw this.#tokens.wrong(token, `"${close}" for the "${open}" of line ${line}`);
      if (token.type === 'sign' && token.text === open) depth++;
      if (token.type === 'sign' && token.text === close) depth--;
    }
  }

  /** To the `;` that is not within braces. */
  #skipStatement(): void {
    for (;;) {
      const next = this.#tokens.peek();
      if (next.type === 'sign' && next.text === '{') this.#skipBlock();
      else if (next.type === 'end' || (next.type === 'sign' && next.text === '}'))
        throw this.#tokens.wrong(next, '";"');
      else if (this.#tokens.take().text === ';' && next.type === 'sign') return;
    }
  }
}

function within(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
