import { Broken, utf8 } from '../reader';

/** STOMP 1.2, "Frames"; 1.0 and 1.1 have a part of them. */
const COMMANDS = new Set([
  'CONNECT',
  'STOMP',
  'CONNECTED',
  'SEND',
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'ACK',
  'NACK',
  'BEGIN',
  'COMMIT',
  'ABORT',
  'DISCONNECT',
  'MESSAGE',
  'RECEIPT',
  'ERROR',
]);

/** A header with the offsets of its line. */
export interface StompHeader {
  name: string;
  value: string;
  start: number;
  end: number;
}

/** One frame as byte offsets. */
export interface StompFrame {
  command: string;
  start: number;
  headers: StompHeader[];
  bodyStart: number;
  bodyEnd: number;
  /** After the NUL and line ends that follow it. */
  end: number;
  /** The NUL that ends it has not come. */
  unfinished: boolean;
}

/** Headers that are read; more are left in the body of the frame. */
const MOST_HEADERS = 1000;

/** The first value of a header: later ones of the same name do not count (STOMP 1.2, "Repeated Header Entries"). */
export function headerOf({ headers }: StompFrame, name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value;
}

/** Whether a frame begins at `at`. */
export function beginsFrame(bytes: Uint8Array, at: number): boolean {
  return COMMANDS.has(utf8(bytes.subarray(at, at + 12)).split(/\r?\n/, 1)[0] ?? '');
}

/** The offset of the first byte from `at` on that is no line end: between frames those are heartbeats. */
export function skipLineEnds(bytes: Uint8Array, at: number): number {
  let i = at;
  while (bytes[i] === 0x0a || bytes[i] === 0x0d) i++;
  return i;
}

/**
 * The frame that begins at `start`. Where its end is missing it is `unfinished` and goes to the end of the bytes.
 *
 * @throws Broken where no command of STOMP is there
 */
export function readFrame(bytes: Uint8Array, start: number): StompFrame {
  if (!beginsFrame(bytes, start)) throw new Broken('not a STOMP command', start);
  const first = lineAt(bytes, start);
  const command = first.text;
  let next = first.next;
  const frame: StompFrame = { command, start, headers: [], bodyStart: 0, bodyEnd: 0, end: 0, unfinished: false };
  while (next < bytes.length && frame.headers.length < MOST_HEADERS) {
    const line = lineAt(bytes, next);
    const lineStart = next;
    next = line.next;
    if (line.text === '') break;
    frame.headers.push({ ...splitHeader(line.text, command), start: lineStart, end: line.end });
  }
  frame.bodyStart = next;
  const length = Number(headerOf(frame, 'content-length') ?? Number.NaN);
  const nul = Number.isSafeInteger(length) && length >= 0 ? next + length : bytes.indexOf(0, next);
  frame.unfinished = nul < 0 || nul >= bytes.length;
  frame.bodyEnd = frame.unfinished ? bytes.length : nul;
  frame.end = frame.unfinished ? bytes.length : skipLineEnds(bytes, nul + 1);
  return frame;
}

function lineAt(bytes: Uint8Array, at: number): { text: string; end: number; next: number } {
  const feed = bytes.indexOf(0x0a, at);
  const end = feed < 0 ? bytes.length : feed;
  const text = utf8(bytes.subarray(at, end)).replace(/\r$/, '');
  return { text, end, next: Math.min(end + 1, bytes.length) };
}

const ESCAPES: Record<string, string> = { '\\r': '\r', '\\n': '\n', '\\c': ':', '\\\\': '\\' };

/** STOMP 1.2, "Value Encoding": escapes, but not in CONNECT and CONNECTED. */
function splitHeader(line: string, command: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1);
  if (command === 'CONNECT' || command === 'CONNECTED') return { name, value };
  const plain = (text: string) => text.replace(/\\[rnc\\]/g, (sequence) => ESCAPES[sequence] ?? sequence);
  return { name: plain(name), value: plain(value) };
}
