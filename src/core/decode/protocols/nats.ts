import { continueStream, holdUnfinished, streamHead } from '../byte-stream';
import { attemptFields, FieldReader } from '../field-reader';
import { readJson } from '../json/read';
import { joinParts, onePart, type Pair, type Part } from '../parts';
import { rememberedName, rememberName } from '../pending-names';
import { Broken, ByteReader, utf8 } from '../reader';
import { NO } from '../sniffing';
import { type Topics, topicsOf } from '../topics';
import { branch, errorNode, kindOf, leaf, oneLine } from '../tree';
import type { DecodeContext, Decoded, DecodedNode, Decoder } from '../types';

/** One operation of the stream, for the row, the kind and the pair. */
interface Operation {
  name: string;
  words: string;
  subject?: string;
  replyTo?: string;
  /** The client's number of a subscription. */
  subscription?: string;
  unfinished?: boolean;
  /** Byte offset where it ends, once its line is read. */
  end?: number;
  json?: () => unknown;
}

/** Arguments of an operation's line by their number; the last one is how many bytes of payload follow the line. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  PUB: [
    ['subject', 'size'],
    ['subject', 'reply to', 'size'],
  ],
  HPUB: [
    ['subject', 'header size', 'size'],
    ['subject', 'reply to', 'header size', 'size'],
  ],
  MSG: [
    ['subject', 'subscription', 'size'],
    ['subject', 'subscription', 'reply to', 'size'],
  ],
  HMSG: [
    ['subject', 'subscription', 'header size', 'size'],
    ['subject', 'subscription', 'reply to', 'header size', 'size'],
  ],
  SUB: [
    ['subject', 'subscription'],
    ['subject', 'queue group', 'subscription'],
  ],
  UNSUB: [['subscription'], ['subscription', 'max messages']],
};
const NAMES = [...Object.keys(ARGUMENTS), 'INFO', 'CONNECT', 'PING', 'PONG', '+OK', '-ERR'];

/** The longest line of an operation. The server's own limit is 4096 bytes without payload; INFO may be longer. */
const MAX_LINE = 64 * 1024;

/** The client protocol of NATS (docs.nats.io, "Client Protocol"), as bytes of a stream in messages of any size. */
export const nats: Decoder = {
  id: 'nats',
  label: 'NATS',
  layer: 'protocol',
  sniff(_, samples) {
    const heads = [streamHead(samples, 'received'), streamHead(samples, 'sent')].filter((head) => head.length > 0);
    const opening = heads.some((head) => /^(INFO|CONNECT) \{"?/.test(utf8(head.subarray(0, 12))));
    if (opening) return { confidence: 0.97, reason: 'begins with INFO or CONNECT of NATS' };
    const operation = /^((H?PUB|H?MSG|SUB|UNSUB) \S+.*|PING|PONG|\+OK)\r\n/;
    const all = heads.length > 0 && heads.every((head) => operation.test(utf8(head)));
    return all ? { confidence: 0.8, reason: 'lines of NATS operations' } : NO;
  },
  decode(payload, context) {
    const part = continueStream(payload, context);
    const fields = new FieldReader(new ByteReader(part.bytes, part.at), part.base);
    const operations: Operation[] = [];
    const before: DecodedNode[] =
      part.at > 0 ? [leaf('continuation', 'field', `${part.at} B`, { start: 0, end: part.at })] : [];
    const problem = attemptFields(fields, () => {
      while (fields.left > 0) {
        const start = fields.at;
        const operation: Operation = { name: '', words: '' };
        if (readOperation(fields, operation)) {
          operations.push(operation);
          continue;
        }
        operations.push({
          ...operation,
          words: `(unfinished, ${fields.source.end - start} B so far)`,
          unfinished: true,
        });
        return holdRest(fields, start, operation, context);
      }
    });
    const nodes = [...before, ...fields.nodes];
    if (problem) nodes.push(errorNode(problem.message, problem.at));
    return describeOperations(nodes, operations, payload, problem, context);
  },
};

/** How many bytes an unfinished operation lacks is known once its line is there. */
function holdRest(fields: FieldReader, start: number, operation: Operation, context: DecodeContext): void {
  const { source } = fields;
  const missing = Math.max(1, (operation.end ?? source.end + 1) - source.end);
  source.at = source.end;
  fields.add(operation.name || 'line', 'field', `unfinished, ${source.end - start} B so far`, start);
  holdUnfinished(source.bytes.subarray(start), missing, context);
}

/** Reads one operation; false, and nothing moved, if its end is not there yet. */
function readOperation(fields: FieldReader, operation: Operation): boolean {
  const { source } = fields;
  const start = source.at;
  const lineEnd = source.bytes.indexOf(0x0a, start);
  if (lineEnd < 0 || lineEnd >= source.end) {
    if (source.left > MAX_LINE || !couldBegin(utf8(source.bytes.subarray(start, start + 8)))) {
      throw new Broken('not a NATS operation', start);
    }
    return false;
  }
  if (lineEnd - start > MAX_LINE) throw new Broken('line too long for a NATS operation', start);
  const line = utf8(source.bytes.subarray(start, lineEnd)).trimEnd();
  operation.name = (/^\S*/.exec(line)?.[0] ?? '').toUpperCase();
  if (!NAMES.includes(operation.name)) throw new Broken('not a NATS operation', start);
  const named = namedArguments(operation.name, line, start);
  const size = sizeOf(named, 'size', start);
  const end = lineEnd + 1 + (size === undefined ? 0 : size + 2);
  operation.end = end;
  if (end > source.end) return false;
  fields.group(operation.name, end - start, (inner) => {
    readParts(inner, operation, named, line, lineEnd, size);
    return operation.words;
  });
  return true;
}

function couldBegin(text: string): boolean {
  const word = (/^\S*/.exec(text)?.[0] ?? '').toUpperCase();
  return NAMES.some((name) => name.startsWith(word));
}

function namedArguments(name: string, line: string, at: number): Map<string, string> {
  const forms = ARGUMENTS[name];
  if (forms === undefined) return new Map();
  const values = line.split(/[ \t]+/).slice(1);
  const form = forms.find((names) => names.length === values.length);
  if (form === undefined) throw new Broken(`${name} with ${values.length} arguments`, at);
  return new Map(form.map((argument, i) => [argument, values[i] ?? '']));
}

function sizeOf(named: Map<string, string>, name: string, at: number): number | undefined {
  const value = named.get(name);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new Broken(`${name} is no number`, at);
  return Number(value);
}

function readParts(
  inner: FieldReader,
  operation: Operation,
  named: Map<string, string>,
  line: string,
  lineEnd: number,
  size: number | undefined,
): void {
  const { source } = inner;
  const start = source.at;
  operation.subject = named.get('subject');
  operation.replyTo = named.get('reply to');
  operation.subscription = named.get('subscription');
  operation.words = [...named]
    .filter(([name]) => !name.includes('size'))
    .map(([, value]) => value)
    .join(' ');
  source.at = lineEnd + 1;
  for (const [name, value] of named) inner.add(name, 'string', value, start);
  if (named.size === 0) readRest(inner, operation, line, start, lineEnd);
  if (size === undefined) return;
  const headerSize = sizeOf(named, 'header size', start) ?? 0;
  if (headerSize > size) throw new Broken('header size beyond size', start);
  if (headerSize > 0) inner.text('headers', headerSize);
  const payload = inner.payload('payload', size - headerSize);
  operation.words += ` ${payload.preview}`;
  operation.json = payload.value;
}

/** What stands after INFO, CONNECT (JSON) and -ERR (text). */
function readRest(inner: FieldReader, operation: Operation, line: string, start: number, lineEnd: number): void {
  const rest = line.slice(operation.name.length).trim();
  if (rest === '') return;
  operation.words = rest;
  if (operation.name !== 'INFO' && operation.name !== 'CONNECT') {
    inner.add('message', 'string', rest, start);
    return;
  }
  const from = start + operation.name.length;
  const reading = readJson(inner.source.bytes, from, lineEnd);
  const value = reading.value();
  operation.json = () => value;
  inner.source.at = from;
  inner.payload('options', lineEnd - from);
}

function describeOperations(
  nodes: DecodedNode[],
  operations: Operation[],
  payload: Uint8Array,
  problem: Decoded['problem'],
  context: DecodeContext,
): Decoded {
  const whole = operations.filter((operation) => !operation.unfinished);
  const main = whole.find((operation) => operation.subject !== undefined && operation.json) ?? whole[0];
  const words = operations.slice(0, 8).map((operation) => `${operation.name} ${operation.words}`.trim());
  if (operations.length > 8) words.push(`${operations.length - 8} more`);
  if (problem) words.push(problem.message);
  const summary = oneLine(words.join(' · ') || (nodes[0]?.value ?? 'empty'));
  const parts = joinParts(
    whole.map((operation) => ({
      kind: kindWords(operation),
      parts: partsOf(operation, context),
    })),
  );
  return {
    tree: branch('', 'object', oneLine(summary, 120), nodes, { start: 0, end: payload.length }),
    summary,
    kind: main ? kindOf(kindWords(main)) : problem ? '' : 'fragment',
    ...(parts && { parts }),
    ...(whole.length > 0 && whole.length === operations.length && whole.every(isHeartbeat) && { heartbeat: true }),
    ...(problem && { problem }),
    ...(main?.json && { json: main.json }),
  };
}

/** Every request has an inbox of its own: they are one kind. */
function kindWords({ name, subject = '' }: Operation): string {
  return `${name} ${subject.startsWith('_INBOX.') ? '_INBOX' : subject}`.trim();
}

function isHeartbeat({ name }: Operation): boolean {
  return name === 'PING' || name === 'PONG';
}

/** Inboxes are for replies. */
function topicsIn({ name, subject = '', subscription = '' }: Operation, context: DecodeContext): Topics | undefined {
  const act = ACTS[name];
  if (act === undefined) return undefined;
  if (name === 'SUB') rememberName(context, subscription, subject, true);
  const about = name === 'UNSUB' ? rememberedName(context, subscription) : subject;
  return about.startsWith('_INBOX.') ? undefined : topicsOf(act, [about], '.');
}

const ACTS: Readonly<Record<string, Topics['act']>> = {
  SUB: 'open',
  UNSUB: 'end',
  MSG: 'event',
  HMSG: 'event',
  PUB: 'about',
  HPUB: 'about',
};

/** Acknowledgements go to such subjects (docs.nats.io, "NATS API Reference", JetStream). */
const ACK = '$JS.ACK.';

/**
 * A request names the subject that its reply is published to (docs.nats.io, "Request-Reply"). A message of JetStream
 * names one for its acknowledgement, which not every consumer gives, and may be the reply to what pulled it.
 */
function partsOf(operation: Operation, context: DecodeContext): Part[] | undefined {
  const { name, subject = '', replyTo = '' } = operation;
  const { direction } = context;
  const other = direction === 'sent' ? 'received' : 'sent';
  const topics = topicsIn(operation, context);
  if (name === 'PING') return [{ pair: { id: `ping ${direction}`, role: 'request' } }];
  if (name === 'PONG') return [{ pair: { id: `ping ${other}`, role: 'reply' } }];
  if (subject === '' || name === 'SUB') return onePart(undefined, topics);
  const pairs: Pair[] = [];
  const known = rememberedName(context, `${other} ${subject}`) !== '';
  if (known || (replyTo === '' && subject.startsWith('_INBOX.')))
    pairs.push({ id: `${other} ${subject}`, role: 'reply' });
  if (replyTo !== '') {
    const optional = direction === 'received' && replyTo.startsWith(ACK);
    rememberName(context, `${direction} ${replyTo}`, subject);
    pairs.push({ id: `${direction} ${replyTo}`, role: 'request', ...(optional && { optional }) });
  }
  const [first, ...more] = pairs;
  const parts = onePart(first, topics);
  return more.length === 0 ? parts : [...(parts ?? []), ...more.map((pair) => ({ pair }))];
}
