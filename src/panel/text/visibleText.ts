/** A stretch of text, or one character that would not be seen, as a symbol. `title` is empty for plain text. */
export interface TextPart {
  text: string;
  title: string;
}

const CONTROL_NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );
const INVISIBLE_NAMES: Record<number, string> = {
  173: 'soft hyphen',
  1564: 'Arabic letter mark',
  6158: 'Mongolian vowel separator',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  65279: 'byte order mark',
};

// A joiner between emoji is part of a picture and stays.
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d/gu;
const HIDDEN_OR_BREAK = new RegExp(`[\\t\\n]|${HIDDEN.source}`, 'gu');

/** Every line break and tab counts as hidden as well: for text that is shown on one line. */
export function visibleLine(text: string): { text: string; title: string } {
  let names = '';
  const shown = text.replace(HIDDEN_OR_BREAK, (character) => {
    const name = nameOf(character);
    if (!names.includes(name)) names += names ? `, ${name}` : name;
    return symbolOf(character);
  });
  return { text: shown, title: names && `Contains ${names}` };
}

/** Text as it is, with symbols for what would not be seen. Line breaks and tabs stay. */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let last = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > last) parts.push({ text: text.slice(last, match.index), title: '' });
    parts.push({ text: symbolOf(match[0]), title: nameOf(match[0]) });
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push({ text: text.slice(last), title: '' });
  return parts;
}

function symbolOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\u25af';
}

function nameOf(character: string): string {
  const code = character.codePointAt(0)!;
  const name = code < 0x20 ? CONTROL_NAMES[code] : code === 0x7f ? 'DEL' : (INVISIBLE_NAMES[code] ?? 'invisible');
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} ${name}`;
}
