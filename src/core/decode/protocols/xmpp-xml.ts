import { Broken, utf8 } from '../reader';
import { LIMITS } from '../tree';

/** An element of XML with byte offsets into the payload. */
export interface XmlElement {
  /** As written, with its prefix. */
  name: string;
  attributes: { name: string; value: string; start: number; end: number }[];
  children: (XmlElement | XmlText)[];
  start: number;
  end: number;
}

export interface XmlText {
  text: string;
  start: number;
  end: number;
}

/** Most elements of one message. */
const MAX_ELEMENTS = 5_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the XML that RFC 7395 §3.3.3 allows: whole elements without declarations. Namespaces stay as written.
 * What was read is in `roots`, also of elements whose end is missing. Throws Broken where it stops.
 */
export function readXml(payload: Uint8Array, roots: XmlElement[]): void {
  const open: XmlElement[] = [];
  let elements = 0;
  for (let at = 0; at < payload.length; ) {
    if (payload[at] !== LT) {
      at = readText(payload, at, open);
      continue;
    }
    const start = at;
    at = endOfTag(payload, at);
    const tag = utf8(payload.subarray(start + 1, at - 1));
    if (tag.startsWith('!--') || tag.startsWith('?')) continue;
    if (tag.startsWith('/')) {
      close(open, tag.slice(1).trim(), start, at);
      continue;
    }
    if (++elements > MAX_ELEMENTS) throw new Broken(`more than ${MAX_ELEMENTS} elements`, start);
    const element = elementOf(payload, tag, start, at);
    const parent = open.at(-1);
    (parent?.children ?? roots).push(element);
    if (tag.endsWith('/')) continue;
    if (open.length >= LIMITS.depth) throw new Broken('nested too deeply', start);
    open.push(element);
  }
  const missing = open.at(-1);
  for (const element of open) element.end = payload.length;
  if (missing) throw new Broken(`</${missing.name}> is missing`, payload.length);
}

const LT = 0x3c;
const GT = 0x3e;

/** After the `>` that ends a tag or comment; `>` within quotes does not. */
function endOfTag(payload: Uint8Array, start: number): number {
  if (payload[start + 1] === 0x21) return endOfComment(payload, start);
  let quote = 0;
  for (let at = start + 1; at < payload.length; at++) {
    const byte = payload[at];
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === GT) return at + 1;
    else if (byte === LT) break;
  }
  throw new Broken('a tag without its end', start);
}

function endOfComment(payload: Uint8Array, start: number): number {
  for (let at = payload.indexOf(GT, start); at >= 0; at = payload.indexOf(GT, at + 1)) {
    if (payload[at - 1] === 0x2d && payload[at - 2] === 0x2d) return at + 1;
  }
  throw new Broken('a comment without its end', start);
}

function readText(payload: Uint8Array, start: number, open: XmlElement[]): number {
  const found = payload.indexOf(LT, start);
  const end = found < 0 ? payload.length : found;
  const text = decodeEntities(utf8(payload.subarray(start, end)));
  const parent = open.at(-1);
  if (parent) parent.children.push({ text, start, end });
  else if (text.trim() !== '') throw new Broken('text outside of elements', start);
  return end;
}

function close(open: XmlElement[], name: string, start: number, end: number): void {
  const element = open.at(-1);
  if (element?.name !== name) throw new Broken(`</${name}> ends no element that is open`, start);
  element.end = end;
  open.pop();
}

function elementOf(payload: Uint8Array, tag: string, start: number, end: number): XmlElement {
  const name = /^[^\s/>"'=]+/.exec(tag)?.[0];
  if (name === undefined) throw new Broken('a tag without a name', start);
  const element: XmlElement = { name, attributes: [], children: [], start, end };
  let at = start + 1;
  while (at < end && !isSpace(payload[at])) at++;
  for (;;) {
    while (at < end && isSpace(payload[at])) at++;
    const equals = payload.indexOf(0x3d, at);
    if (equals < 0 || equals >= end) return element;
    let quoted = equals + 1;
    while (quoted < end && isSpace(payload[quoted])) quoted++;
    const quote = payload[quoted] ?? 0;
    const last = quote === 0x22 || quote === 0x27 ? payload.indexOf(quote, quoted + 1) : -1;
    if (last < 0 || last >= end) throw new Broken('an attribute without quotes', quoted);
    const attribute = utf8(payload.subarray(at, equals)).trim();
    const value = decodeEntities(utf8(payload.subarray(quoted + 1, last)));
    element.attributes.push({ name: attribute, value, start: at, end: last + 1 });
    at = last + 1;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Character references and the five predefined entities (XML 1.0 §4.1, §4.6); others stay as written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
