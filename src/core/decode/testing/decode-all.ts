import type { Decoded, DecodedNode, Decoder } from '../types';
import type { Recording } from './record-server';

/** Decodes a recorded connection from its start, in order, with one state. */
export function decodeAll(decoder: Decoder, { url, protocol, messages }: Recording): Decoded[] {
  const state = {};
  return messages.map(({ payload, direction, text }) =>
    decoder.decode(payload, { url, protocol, direction, text, state }),
  );
}

/** The rows as a user sees them: an arrow, the kind and the summary; without fragments of packets. */
export function rows(decoder: Decoder, recording: Recording): string[] {
  return decodeAll(decoder, recording).flatMap((decoded, i) => {
    if (decoded.kind === 'fragment') return [];
    const arrow = recording.messages[i]?.direction === 'sent' ? '↑' : '↓';
    const marks = `${decoded.heartbeat ? ' ♥' : ''}${decoded.problem ? ` !${decoded.problem.message}` : ''}`;
    return [`${arrow} ${decoded.kind} | ${decoded.summary}${marks}`];
  });
}

/** Requests without a reply (but for those that need none) and replies without a request, by pair id. Empty if all are paired. */
export function unpaired(decoder: Decoder, recording: Recording): string[] {
  const open = new Map<string, number>();
  const opened = new Set<string>();
  const wrong: string[] = [];
  const parts = decodeAll(decoder, recording).flatMap((decoded) => decoded.parts ?? []);
  for (const { pair } of parts) {
    if (pair?.role === 'request' && !pair.opens && !pair.optional) open.set(pair.id, (open.get(pair.id) ?? 0) + 1);
    if (pair?.opens || pair?.optional) opened.add(pair.id);
    if (pair?.role !== 'reply') continue;
    const count = open.get(pair.id) ?? 0;
    if (opened.has(pair.id)) continue;
    if (count === 0) wrong.push(`reply ${pair.id}`);
    else if (count === 1) open.delete(pair.id);
    else open.set(pair.id, count - 1);
  }
  return [...wrong, ...[...open.keys()].map((id) => `request ${id}`)];
}

/** The node at a path of names below `node`, or undefined. */
export function nodeAt(node: DecodedNode, ...path: string[]): DecodedNode | undefined {
  let found: DecodedNode | undefined = node;
  for (const name of path) found = found?.children?.().find((child) => child.name === name);
  return found;
}
