import { binary } from './encodings/binary';
import { text } from './encodings/text';
import { isRecord } from './json/read';
import type { Plain } from './plain-value';
import { arrayKind, objectKind, type Told } from './shape-kind';
import { kindOf, nodeOfValue, oneLine, previewValue } from './tree';
import type { Decoded } from './types';

/** A problem that has no place in the payload. */
const NOWHERE = -1;
/** Members looked at for a kind. */
const MEMBERS = 24;

/** Whether a result says more than its value: `{value, summary, kind}`, each but the first optional. */
function isDescribed(value: unknown): value is { value: unknown; summary?: unknown; kind?: unknown } {
  return (
    isRecord(value) &&
    Object.hasOwn(value, 'value') &&
    Object.keys(value).every((key) => key === 'value' || key === 'summary' || key === 'kind')
  );
}

/** What came of a user's function: what it gave, or why it gave nothing. */
export type UserAnswer = Plain | { failure: string };

/**
 * What a user's function gave for a message, as a decoder's result; where it failed, the raw message and why.
 * @param isText whether it is a text message
 */
export function decodedByUser(answer: UserAnswer, payload: Uint8Array, isText: boolean): Decoded {
  if ('failure' in answer) {
    return { ...(isText ? text : binary).decode(payload), problem: { message: answer.failure, at: NOWHERE } };
  }
  const described = isDescribed(answer.value) ? answer.value : null;
  const value = described ? described.value : answer.value;
  const summary = typeof described?.summary === 'string' ? described.summary : wordsOf(value);
  return {
    tree: nodeOfValue('', value),
    summary: oneLine(summary),
    kind: typeof described?.kind === 'string' ? kindOf(described.kind) : kindOfValue(value),
    json: () => value,
    ...(answer.left !== null && { problem: { message: answer.left, at: NOWHERE } }),
  };
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : previewValue(value, 300);
}

function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) {
    const [first] = value;
    const told = value.length === 0 ? undefined : tell('0', first);
    return arrayKind(told && isRecord(first) ? { ...told, value: kindOfValue(first) } : told);
  }
  if (!isRecord(value) || value instanceof Date || value instanceof Uint8Array || value instanceof Map) return '';
  return objectKind(
    Object.entries(value)
      .slice(0, MEMBERS)
      .map(([name, member]) => tell(name, member)),
  );
}

function tell(name: string, value: unknown): Told {
  const { type } = nodeOfValue(name, value);
  return { name, type, value: typeof value === 'string' || typeof value === 'number' ? String(value) : '' };
}
