import type { FieldReader } from '../field-reader';
import { Broken, type Problem } from '../reader';
import { previewValue } from '../tree';
import { AMQP_PROPERTIES, amqpMethod } from './amqp-methods';
import { readArgument, readBits } from './amqp-values';

/** What a frame is, for the row, the kind and the pair. */
export interface AmqpFrame {
  /** `queue.declare`, `header`, `body`, `heartbeat`. */
  name: string;
  words: string;
  channel: number;
  method?: string;
  /** Queue, exchange and routing key: what the method is about. */
  about?: string;
  noWait?: boolean;
  unfinished?: boolean;
  problem?: Problem;
  json?: () => unknown;
}

const FRAME_TYPES: Readonly<Record<number, string>> = { 1: 'method', 2: 'header', 3: 'body', 8: 'heartbeat' };

/**
 * Reads a whole frame (AMQP 0-9-1 §4.2.3) of a payload of `size` bytes; `frame` keeps what was found. Throws Broken where
 * it stops.
 */
export function readFrame(fields: FieldReader, size: number, frame: AmqpFrame): void {
  const type = fields.u8('type', (value) => FRAME_TYPES[value]);
  frame.channel = fields.u16('channel');
  fields.u32('size');
  const end = fields.at + size;
  frame.name = FRAME_TYPES[type] ?? '';
  const on = frame.channel === 0 ? '' : `#${frame.channel} `;
  if (type === 1) readMethod(fields, frame, on, end);
  else if (type === 2) readHeader(fields, frame, on);
  else if (type === 3) readBody(fields, size, frame, on);
  if (fields.at < end) fields.blob('rest', end - fields.at);
  fields.u8('end');
}

function readMethod(fields: FieldReader, frame: AmqpFrame, on: string, end: number): void {
  const start = fields.at;
  const classId = fields.u16('class');
  const methodId = fields.u16('method');
  const method = amqpMethod(classId, methodId);
  if (method === undefined) {
    frame.name = `method ${classId}.${methodId}`;
    throw new Broken(`method ${classId}.${methodId} is unknown`, start);
  }
  frame.name = method.name;
  frame.method = method.name;
  frame.words = on.trim();
  const values: Record<string, unknown> = {};
  const list = method.arguments;
  for (let i = 0; i < list.length && fields.at < end; i++) {
    const { name, type } = list[i]!;
    if (type !== 'bit') {
      values[name] = readArgument(fields, name, type);
      continue;
    }
    const bits: string[] = [];
    for (let at = i; list[at]?.type === 'bit'; at++) bits.push(list[at]!.name);
    Object.assign(values, readBits(fields, bits));
    i += bits.length - 1;
  }
  frame.noWait = values['no-wait'] === true;
  frame.about = ['queue', 'exchange', 'destination', 'source', 'routing-key']
    .map((name) => values[name])
    .filter(isWord)
    .join(' ');
  frame.words = `${on}${wordsOf(values)}`.trim();
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Arguments that say something: not what is reserved, empty, zero or false, and tables only briefly. */
function wordsOf(values: Record<string, unknown>): string {
  const words: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (name === 'reserved' || value === '' || value === false || value === 0) continue;
    if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) continue;
    if (value === true) words.push(name);
    else if (/^(queue|exchange|routing-key|reply-text|virtual-host|type|destination|source)$/.test(name))
      words.push(String(value));
    else words.push(`${name}=${typeof value === 'string' ? value : previewValue(value, 60)}`);
  }
  return words.join(' ');
}

/** Class, weight, size of the body, and the properties whose flags are set (§4.2.6.1). */
function readHeader(fields: FieldReader, frame: AmqpFrame, on: string): void {
  fields.u16('class');
  fields.u16('weight');
  const size = fields.u64('body size');
  const flags = fields.u16('property flags');
  const words = [`${size} B`];
  AMQP_PROPERTIES.forEach(({ name, type }, i) => {
    if ((flags & (0x8000 >> i)) === 0) return;
    const value = readArgument(fields, name, type);
    if (words.length < 6) words.push(`${name}=${previewValue(value, 60)}`);
  });
  frame.words = on + words.join(' ');
}

function readBody(fields: FieldReader, size: number, frame: AmqpFrame, on: string): void {
  const body = fields.payload('body', size);
  frame.words = on + body.preview;
  frame.json = body.value;
}
