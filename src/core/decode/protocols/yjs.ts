import { attemptFields, FieldReader } from '../field-reader';
import { readJson } from '../json/read';
import { onePart, type Part } from '../parts';
import { Broken, ByteReader } from '../reader';
import { NO } from '../sniffing';
import { branch, errorNode, oneLine, previewValue } from '../tree';
import type { DecodeContext, Decoder, Sample } from '../types';
import { readUpdate, type UpdateTotals } from './yjs-update';

/** What a message is, for the row. */
interface Told {
  kind: string;
  words: string;
  parts?: Part[];
}

/** Yjs as y-websocket speaks it: sync, awareness and auth messages of y-protocols, one a frame (y-protocols, PROTOCOL.md). */
export const yjs: Decoder = {
  id: 'yjs',
  label: 'Yjs',
  layer: 'protocol',
  sniff(_, samples) {
    if (samples.length === 0 || samples.some((sample) => sample.text || sample.payload.length === 0)) return NO;
    if (!samples.every(isWhole)) return NO;
    if (samples.some(isSyncStep)) return { confidence: 0.9, reason: 'sync steps of Yjs' };
    const many = samples.length >= 3 && samples.some((sample) => sample.payload.length > 8);
    return many ? { confidence: 0.7, reason: 'messages of Yjs sync and awareness' } : NO;
  },
  decode(payload, { direction }) {
    const fields = new FieldReader(new ByteReader(payload));
    const told: Told = { kind: '', words: '' };
    const problem = attemptFields(fields, () => readMessage(fields, direction, told));
    if (problem) fields.nodes.push(errorNode(problem.message, problem.at));
    const summary = `${told.kind} ${told.words}`.trim();
    return {
      tree: branch('', 'object', oneLine(summary, 120), fields.nodes, { start: 0, end: payload.length }),
      summary: oneLine(problem ? `${summary} (${problem.message})` : summary),
      kind: told.kind,
      ...(told.parts && { parts: told.parts }),
      ...(problem && { problem }),
    };
  },
};

const MESSAGES = ['sync', 'awareness', 'auth', 'query awareness'];
const SYNC = ['sync step 1', 'sync step 2', 'update'];

function readMessage(fields: FieldReader, direction: DecodeContext['direction'], told: Told): void {
  const start = fields.at;
  const type = fields.varuint('message', 8, (value) => MESSAGES[value]);
  told.kind = MESSAGES[type] ?? '';
  if (type === 0) readSync(fields, direction, told);
  else if (type === 1) readSized(fields, 'awareness', (inner) => readAwareness(inner, told));
  else if (type === 2) readAuth(fields, told);
  else if (type !== 3) throw new Broken(`message type ${type} is unknown`, start);
  if (fields.left > 0) throw new Broken(`${fields.left} bytes after the end`, fields.at);
}

function readSync(fields: FieldReader, direction: DecodeContext['direction'], told: Told): void {
  const start = fields.at;
  const step = fields.varuint('step', 8, (value) => SYNC[value]);
  const kind = SYNC[step];
  if (kind === undefined) throw new Broken(`sync step ${step} is unknown`, start);
  told.kind = kind;
  if (step === 0) {
    // Both sides ask for what they lack; step 2 answers the other side's step 1.
    told.parts = onePart({ id: `sync ${direction}`, role: 'request' });
    readSized(fields, 'state vector', (inner) => readStateVector(inner, told));
    return;
  }
  if (step === 1) told.parts = onePart({ id: `sync ${direction === 'sent' ? 'received' : 'sent'}`, role: 'reply' });
  readSized(fields, 'update', (inner) => {
    const totals: UpdateTotals = { structs: 0, deletions: 0, inserted: [] };
    try {
      readUpdate(inner, totals);
    } finally {
      told.words = wordsOf(totals);
    }
    return told.words;
  });
}

function wordsOf({ structs, deletions, inserted }: UpdateTotals): string {
  const words = [structs === 1 ? '1 struct' : `${structs} structs`];
  if (deletions > 0) words.push(`${deletions} deleted`);
  return [...words, ...inserted].join(', ');
}

/** A part with its length before it. */
function readSized(fields: FieldReader, name: string, read: (inner: FieldReader) => string): void {
  const count = fields.source.varuint();
  fields.group(name, count, (inner) => {
    const words = read(inner);
    if (inner.left > 0) throw new Broken(`${inner.left} bytes after the end of the ${name}`, inner.at);
    return words;
  });
}

function readStateVector(fields: FieldReader, told: Told): string {
  const clients = fields.varuint('clients');
  told.words = clients === 1 ? '1 client known' : `${clients} clients known`;
  for (let i = 0; i < clients; i++) {
    const start = fields.at;
    const client = fields.source.varuint();
    fields.add(`client ${client}`, 'number', String(fields.source.varuint()), start, 'clock');
  }
  return told.words;
}

function readAwareness(fields: FieldReader, told: Told): string {
  const clients = fields.varuint('clients');
  const shown: string[] = [];
  for (let i = 0; i < clients; i++) {
    fields.group('client', fields.left, (inner) => {
      const client = inner.varuint('id');
      inner.varuint('clock');
      const length = inner.source.varuint();
      const start = inner.source.skip(length);
      const reading = readJson(inner.source.bytes, start, start + length, 'state');
      inner.push(reading.node, start);
      const state = reading.value();
      const words = state === null ? `client ${client} left` : `client ${client} ${previewValue(state)}`;
      if (shown.length < 4) shown.push(words);
      told.words = shown.join(', ');
      inner.stopHere();
      return words;
    });
  }
  return told.words;
}

function readAuth(fields: FieldReader, told: Told): void {
  const type = fields.varuint('auth', 8, (value) => (value === 0 ? 'permission denied' : undefined));
  if (type !== 0) throw new Broken(`auth message ${type} is unknown`, fields.at);
  const start = fields.at;
  told.words = `permission denied: ${fields.text('reason', fields.source.varuint(), start)}`;
}

function isWhole({ payload, direction }: Sample): boolean {
  if (payload.length > 65_536) return payload[0] === 0 && (payload[1] ?? 3) < 3 && isSized(payload);
  return yjs.decode(payload, { url: '', protocol: '', direction, text: false, state: {} }).problem === undefined;
}

/** Whether the length behind the two numbers of a sync message is that of the rest. */
function isSized(payload: Uint8Array): boolean {
  const source = new ByteReader(payload, 2);
  try {
    return source.varuint() === source.left;
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
}

function isSyncStep({ payload }: Sample): boolean {
  return payload[0] === 0 && (payload[1] === 0 || payload[1] === 1) && payload.length > 3;
}
