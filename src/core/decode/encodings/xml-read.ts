import { Broken, utf8 } from '../reader';

/** Nodes of one document beyond this are not read, and said not to be. */
const MAX_NODES = 20_000;
/** Elements within elements beyond this are not followed. */
const MAX_DEPTH = 200;

/** A piece of an XML text. Offsets are bytes of the payload. */
export type XmlNode = XmlElement | XmlText;

export interface XmlElement {
  type: 'element';
  name: string;
  attributes: XmlAttribute[];
  children: XmlNode[];
  start: number;
  end: number;
}

export interface XmlAttribute {
  name: string;
  value: string;
  start: number;
  end: number;
}

export interface XmlText {
  type: 'text' | 'comment' | 'instruction';
  value: string;
  start: number;
  end: number;
}

/** What could be read of an XML text, and what stopped it. An element that is still open has all that came. */
export interface XmlReading {
  nodes: XmlNode[];
  broken?: Broken;
}

/**
 * Reads XML 1.0 as messages have it: elements, attributes, text, CDATA, comments, processing instructions; document
 * type declarations are passed over, so no entity but the five and numbers is known. Several roots are allowed, and a
 * stream's opening without its end (RFC 7395 sends whole stanzas, older servers do not).
 */
export function readXml(payload: Uint8Array): XmlReading {
  const reader = new XmlReader(payload);
  try {
    reader.read();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { nodes: reader.roots, broken: error };
  }
  return { nodes: reader.roots };
}

const LESS = 0x3c;
const GREATER = 0x3e;
const EQUALS = 0x3d;

class XmlReader {
  readonly roots: XmlNode[] = [];
  readonly open: XmlElement[] = [];
  #count = 0;
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  read(): void {
    while (this.#at < this.bytes.length) {
      if (this.bytes[this.#at] === LESS) this.#markup();
      else this.#text();
    }
  }

  #text(): void {
    const start = this.#at;
    this.#at = this.#find(LESS, start, this.bytes.length);
    const value = unescapeXml(utf8(this.bytes.subarray(start, this.#at)));
    if (value.trim() !== '') this.#add({ type: 'text', value, start, end: this.#at });
  }

  #markup(): void {
    if (this.#starts('<!--')) this.#until('-->', 4, 'comment');
    else if (this.#starts('<![CDATA[')) this.#until(']]>', 9, 'text');
    else if (this.#starts('<?')) this.#until('?>', 2, 'instruction');
    else if (this.#starts('<!')) this.#until('>', 2, 'instruction');
    else if (this.#starts('</')) this.#close();
    else this.#element();
  }

  #until(closing: string, skip: number, type: XmlText['type']): void {
    const start = this.#at;
    let end = start + skip;
    const last = closing.charCodeAt(closing.length - 1);
    do {
      end = this.bytes.indexOf(last, end) + 1;
      if (end === 0) throw new Broken(`${closing} is missing`, this.bytes.length);
    } while (end - closing.length < start + skip || !this.#has(closing, end - closing.length));
    this.#at = end;
    const value = utf8(this.bytes.subarray(start + skip, end - closing.length));
    this.#add({ type, value, start, end });
  }

  #close(): void {
    const start = this.#at;
    const end = this.#find(GREATER, start, -1);
    if (end < 0) throw new Broken('a closing tag without its end', start);
    const name = utf8(this.bytes.subarray(start + 2, end)).trim();
    this.#at = end + 1;
    const element = this.open.pop();
    // Many servers close a stream that began in another message.
    if (!element) {
      this.#add({ type: 'instruction', value: `/${name}`, start, end: end + 1 });
      return;
    }
    element.end = end + 1;
    if (element.name !== name) throw new Broken(`</${name}> where </${element.name}> is expected`, start);
  }

  #element(): void {
    const start = this.#at;
    const end = this.#tagEnd(start);
    const empty = this.bytes[end - 1] === 0x2f;
    const inner = this.bytes.subarray(start + 1, empty ? end - 1 : end);
    const nameEnd = inner.findIndex(endsName);
    const name = utf8(nameEnd < 0 ? inner : inner.subarray(0, nameEnd));
    if (name === '') throw new Broken('a tag without a name', start);
    const attributes = nameEnd < 0 ? [] : attributesOf(inner, start + 1, nameEnd);
    const element: XmlElement = { type: 'element', name, attributes, children: [], start, end: end + 1 };
    this.#add(element);
    this.#at = end + 1;
    if (empty) return;
    if (this.open.length === MAX_DEPTH) throw new Broken('nested too deeply', start);
    element.end = this.bytes.length;
    this.open.push(element);
  }

  /** The `>` that ends the tag, which no quotes enclose. */
  #tagEnd(start: number): number {
    let quote = 0;
    for (let i = start + 1; i < this.bytes.length; i++) {
      const byte = this.bytes[i];
      if (quote !== 0) quote = byte === quote ? 0 : quote;
      else if (byte === GREATER) return i;
      else if (byte === 0x22 || byte === 0x27) quote = byte;
      else if (byte === LESS) throw new Broken('a tag within a tag', i);
    }
    throw new Broken('a tag without its end', this.bytes.length);
  }

  #add(node: XmlNode): void {
    if (++this.#count > MAX_NODES) throw new Broken(`more than ${MAX_NODES} nodes, the rest is not read`, node.start);
    (this.open.at(-1)?.children ?? this.roots).push(node);
  }

  #find(byte: number, from: number, missing: number): number {
    const at = this.bytes.indexOf(byte, from);
    return at < 0 ? missing : at;
  }

  #starts(text: string): boolean {
    return this.#has(text, this.#at);
  }

  #has(text: string, at: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}

/** Attributes of a tag's inside, whose name takes `skip` bytes. `base` is the offset of the inside in the payload. */
function attributesOf(inner: Uint8Array, base: number, skip: number): XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  let i = skip;
  while (i < inner.length) {
    while (i < inner.length && isSpace(inner[i])) i++;
    const start = i;
    while (i < inner.length && inner[i] !== EQUALS && !isSpace(inner[i])) i++;
    const name = utf8(inner.subarray(start, i));
    while (isSpace(inner[i])) i++;
    if (inner[i] !== EQUALS || name === '') {
      i = Math.max(i, start + 1);
      continue;
    }
    i++;
    while (isSpace(inner[i])) i++;
    const quote = inner[i] === 0x22 || inner[i] === 0x27 ? inner[i] : 0;
    const valueStart = quote ? i + 1 : i;
    let end = quote ? inner.indexOf(quote, valueStart) : valueStart;
    if (quote === 0) while (end < inner.length && !isSpace(inner[end])) end++;
    if (end < 0) end = inner.length;
    i = quote ? Math.min(end + 1, inner.length) : end;
    const value = unescapeXml(utf8(inner.subarray(valueStart, end)));
    attributes.push({ name, value, start: base + start, end: base + i });
  }
  return attributes;
}

function endsName(byte: number): boolean {
  return isSpace(byte) || byte === EQUALS || byte === 0x2f || byte === 0x22 || byte === 0x27;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** XML 1.0 §4.1, §4.6: character references and the five entities; others stay as they are. */
function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
