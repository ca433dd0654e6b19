import { arrayKind, objectKind, type Told } from '../shape-kind';
import { isContainer, isObject, membersAt } from './scan';
import { jsonString } from './value';

/** Bytes looked at: enough for any message that tells its kind early, and bounded. */
const BYTES = 4096;

/**
 * What sort of message a JSON value is, from a discriminating member (`event:trade`, `op 2`), the first word of an array
 * (`[trade]`) or its shape (`{price, symbol}`); empty for other values. Looks at the beginning only.
 */
export function jsonKind(payload: Uint8Array, start: number): string {
  const bytes = payload.subarray(0, Math.min(payload.length, start + BYTES));
  if (!isContainer(bytes, start)) return '';
  if (isObject(bytes, start)) return objectKind(told(bytes, start));
  const [first] = told(bytes, start);
  if (first?.type === 'object') {
    const { value: member } = membersAt(bytes, start).next();
    return arrayKind({ ...first, value: objectKind(told(bytes, member?.start ?? start)) });
  }
  return arrayKind(first);
}

function* told(bytes: Uint8Array, start: number): Generator<Told, void> {
  for (const { index, nameStart, nameEnd, start: at, end, broken } of membersAt(bytes, start)) {
    if (at >= bytes.length) return;
    const name = nameEnd < 0 ? String(index) : jsonString(bytes, nameStart, nameEnd);
    const c = bytes[at];
    if (isContainer(bytes, at)) yield { name, type: isObject(bytes, at) ? 'object' : 'array', value: '' };
    else if (broken) return;
    else if (c === 0x22) yield { name, type: 'string', value: jsonString(bytes, at, end) };
    else if (c === 0x6e) yield { name, type: 'null', value: 'null' };
    else if (c === 0x74 || c === 0x66) yield { name, type: 'boolean', value: '' };
    else yield { name, type: 'number', value: String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 32))) };
  }
}
