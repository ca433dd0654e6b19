import { FRAME_KINDS, type FrameKind } from '../../model/frame';
import { nearest } from '../syntax/nearest';
import { printOperand } from '../syntax/print-operand';
import { escapeRegex } from '../values/literal';
import { type RowTest, rejected, type TermKind, understood } from './term-kind';

/** Frames of any of `frames`, or with a decoder's kind that passes any of `messages`. */
interface KindValue {
  frames: FrameKind[];
  messages: { text: string; exact: boolean; test: (kind: string) => boolean }[];
}

/** What other tools call them. */
const OTHER_NAMES: Record<string, FrameKind> = { opened: 'open', closed: 'close', bin: 'binary', str: 'text' };

/**
 * `kind:binary`, `kind:event:trade`. A bare word that names a kind of frame is that; anything else, and anything in
 * quotes, is a kind of message in the decoder's words. Bare, it also finds what goes on behind a `:`, `/` or space.
 */
export const kindTerm: TermKind<KindValue> = {
  id: 'kind',
  written: 'kind:',
  alsoTried: ['type', 'opcode', 'event'],
  summary:
    'The kind of frame (text, binary, open, close, error, gap), or the decoder’s kind of message, whole or its beginning; * stands for anything.',
  examples: [
    'kind:binary',
    'kind:open,close,error',
    'kind:event:trade',
    'kind:event:*:btc',
    'kind:"PUBLISH sensors/1"',
    'kind:"PUBLISH sensors/#"',
  ],
  parse({ operand }) {
    if (!operand || operand.form === 'regex') return rejected('kind: takes a word, such as binary or event:trade.');
    if (operand.form === 'quoted') {
      return understood({ frames: [], messages: [{ text: operand.text, exact: true, test: exactTest(operand.text) }] });
    }
    const value: KindValue = { frames: [], messages: [] };
    let problem: string | null = null;
    for (const word of operand.text.split(',').filter((each) => each !== '')) {
      const frame = frameKind(word);
      if (frame) {
        value.frames.push(frame);
        continue;
      }
      value.messages.push({ text: word, exact: false, test: beginningTest(word) });
      const meant = nearest(word, FRAME_KINDS, 1);
      if (meant)
        problem = `No kind of frame is called “${word}”. Did you mean ${meant}? It is looked for among the decoders’ kinds.`;
    }
    if (value.frames.length + value.messages.length === 0) return rejected('kind: takes a word, such as binary.');
    return understood(value, problem);
  },
  needs: ({ messages }) => (messages.length > 0 ? 'decoded' : 'columns'),
  match({ frames, messages }) {
    const [only] = frames;
    const frameTest: RowTest = frames.length === 1 ? (row) => row.kind === only : (row) => frames.includes(row.kind);
    if (messages.length === 0) return frameTest;
    return (row, content) => {
      if (frames.length > 0 && frameTest(row, content)) return true;
      const kind = content.messageKind();
      if (kind === '') return false;
      for (const message of messages) if (message.test(kind)) return true;
      return false;
    };
  },
  describe({ frames, messages }, negated) {
    const names = [...frames, ...messages.map(({ text, exact }) => `“${text}”${exact ? ' exactly' : ''}`)];
    return `are ${negated ? 'not ' : ''}of the kind ${names.join(' or ')}`;
  },
  suggest(typed, seen) {
    const last = typed.lastIndexOf(',') + 1;
    const wanted = typed.slice(typed[0] === '"' ? 1 : last).toLowerCase();
    const frames = FRAME_KINDS.map((kind) => ({
      text: typed.slice(0, last) + kind,
      detail: kind === 'gap' ? 'where frames are missing' : `${kind} frames`,
    }));
    const messages = seen.messageKinds.map((kind) => ({ text: writtenKind(kind), detail: 'seen in this log' }));
    return [
      ...frames.filter((_each, index) => FRAME_KINDS[index].startsWith(wanted)),
      ...messages.filter((_each, index) => seen.messageKinds[index].toLowerCase().includes(wanted)),
    ];
  },
};

/** Bare where that finds this kind of message, else in quotes. */
function writtenKind(kind: string): string {
  const isPlain = /^[\w.:#@+-]+$/.test(kind) && !frameKind(kind);
  return printOperand({ form: isPlain ? 'bare' : 'quoted', text: kind });
}

function frameKind(word: string): FrameKind | undefined {
  const lower = word.toLowerCase();
  return (
    FRAME_KINDS.find((kind) => kind === lower) ?? (Object.hasOwn(OTHER_NAMES, lower) ? OTHER_NAMES[lower] : undefined)
  );
}

/** `#` behind a separator stands for all that goes on from there, as in the list of kinds. */
function exactTest(text: string): (kind: string) => boolean {
  if (/[/.: ]#$/.test(text)) {
    const beginning = text.slice(0, -1);
    return (kind) => kind.startsWith(beginning);
  }
  return (kind) => kind === text;
}

function beginningTest(word: string): (kind: string) => boolean {
  const pattern = word.split('*').map(escapeRegex).join('.*');
  const regex = new RegExp(`^${pattern}(?:$|[:/ ])`, 'is');
  return (kind) => regex.test(kind);
}
