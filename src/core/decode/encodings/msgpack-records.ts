import { Broken } from '../reader';
import { itemValue, skipItem } from '../structure/walk';
import { branch, errorNode, itemCount, LIMITS, nodeOfValue, previewValue } from '../tree';
import type { DecodedNode } from '../types';
import { msgpackFormat } from './msgpack-format';

/** What was read, where it ends, and why reading stopped there if it did. */
export interface RecordReading {
  node: DecodedNode;
  value: unknown;
  end: number;
  broken?: Broken;
}

/** Values that are read; what comes after is left. */
const MOST_VALUES = 50_000;

/** Numbers that a record can have, and one that none has. */
const FIRST_ID = 0x40;
const LAST_ID = 0x7f;
const NONE = -1;

/** Whether a record is defined at `at`: the extension `r` with the record's number. */
export function definesRecord(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xd4 && bytes[at + 1] === 0x72;
}

/**
 * Reads a value with records, msgpackr's extension of MessagePack: an object's first use gives it a number (0x40 to 0x7f)
 * and its names, later ones the number alone. https://github.com/kriszyp/msgpackr#record--object-structures.
 * It is read at once, not lazily: a record can be defined anywhere before its use.
 */
export function readRecords(name: string, bytes: Uint8Array, start: number): RecordReading {
  const reader = new RecordReader(bytes, start);
  try {
    const { node, value } = reader.read(name, 0);
    return { node, value, end: reader.at };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const node = branch(name, 'object', error.message, [errorNode(error.message, error.at)]);
    return { node, value: undefined, end: reader.at, broken: error };
  }
}

class RecordReader {
  private readonly records = new Map<number, string[]>();
  private left = MOST_VALUES;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  read(name: string, depth: number): { node: DecodedNode; value: unknown } {
    const start = this.at;
    if (depth > LIMITS.depth) throw new Broken(`nested deeper than ${LIMITS.depth}`, start);
    if (this.left-- <= 0) throw new Broken(`more than ${MOST_VALUES} values`, start);
    if (definesRecord(this.bytes, start)) return this.record(name, start, this.define(), depth);
    const known = this.records.get(this.bytes[start] ?? NONE);
    if (known) {
      this.at++;
      return this.record(name, start, known, depth);
    }
    const item = msgpackFormat.item(this.bytes, start);
    this.at = item.end;
    if (item.type === 'array') return this.array(name, start, item.items, depth);
    if (item.type === 'map') return this.map(name, start, item.items / 2, depth);
    const value = item.value();
    return { node: { ...nodeOfValue(name, value), start, end: this.at, ...(item.note && { note: item.note }) }, value };
  }

  private define(): string[] {
    const id = this.bytes[this.at + 2];
    if (id === undefined || id < FIRST_ID || id > LAST_ID) throw new Broken('no number of the record', this.at + 2);
    const start = this.at + 3;
    const end = skipItem(msgpackFormat, this.bytes, start);
    const names = itemValue(msgpackFormat, this.bytes, start);
    if (!Array.isArray(names)) throw new Broken('no names of the record', start);
    const keys = names.map(String);
    this.records.set(id, keys);
    this.at = end;
    return keys;
  }

  private record(name: string, start: number, keys: string[], depth: number): { node: DecodedNode; value: unknown } {
    const members = keys.map((key) => [key, this.read(key, depth + 1)] as const);
    const value = Object.fromEntries(members.map(([key, member]) => [key, member.value]));
    return {
      node: this.node(
        name,
        'object',
        start,
        value,
        members.map(([, member]) => member.node),
      ),
      value,
    };
  }

  private map(name: string, start: number, count: number, depth: number): { node: DecodedNode; value: unknown } {
    const entries: [string, unknown][] = [];
    const nodes: DecodedNode[] = [];
    for (let i = 0; i < count; i++) {
      const key = previewKey(this.read('', depth + 1).value);
      const member = this.read(key, depth + 1);
      entries.push([key, member.value]);
      nodes.push(member.node);
    }
    const value = Object.fromEntries(entries);
    return { node: this.node(name, 'map', start, value, nodes), value };
  }

  private array(name: string, start: number, count: number, depth: number): { node: DecodedNode; value: unknown } {
    const items: { node: DecodedNode; value: unknown }[] = [];
    for (let i = 0; i < count; i++) items.push(this.read(String(i), depth + 1));
    const value = items.map((item) => item.value);
    return {
      node: this.node(
        name,
        'array',
        start,
        value,
        items.map(({ node }) => node),
      ),
      value,
    };
  }

  private node(
    name: string,
    type: 'object' | 'map' | 'array',
    start: number,
    value: unknown,
    nodes: DecodedNode[],
  ): DecodedNode {
    const shown = Array.isArray(value) ? `${itemCount(value.length)} ${previewValue(value)}` : previewValue(value);
    return branch(name, type, shown, nodes, { start, end: this.at });
  }
}

function previewKey(key: unknown): string {
  return typeof key === 'string' ? key : previewValue(key);
}
