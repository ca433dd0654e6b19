import { compactJson } from '../json/compact';
import { jsonKind } from '../json/kind';
import { type JsonReading, readJson } from '../json/read';
import { isContainer, skipSpace } from '../json/scan';
import { type Problem, utf8 } from '../reader';
import { headText, NO, type Sniff } from '../sniffing';
import { branch, itemCount } from '../tree';
import type { Decoded, Decoder, Sample } from '../types';
import { binary } from './binary';
import { text } from './text';

/** JSON (RFC 8259) and newline-delimited JSON, in text or binary messages. */
export const json: Decoder = {
  id: 'json',
  label: 'JSON',
  layer: 'encoding',
  sniff: (_, samples) => sniffJson(samples),
  decode(payload, context) {
    const first = readJson(payload, skipMark(payload));
    if (first.problem && isLine(payload, first)) return decodeLines(payload, first);
    if (first.problem && first.problem.at === first.start) return decodeOther(payload, first.problem, context.text);
    return decodedFrom(payload, first);
  },
  kindAlone(payload) {
    const start = skipSpace(payload, skipMark(payload));
    return isContainer(payload, start) ? jsonKind(payload, start) : undefined;
  },
};

function decodedFrom(payload: Uint8Array, reading: JsonReading): Decoded {
  const { node, value, start, problem } = reading;
  return {
    tree: node,
    summary: compactJson(payload, start),
    kind: jsonKind(payload, start),
    problem,
    json: value,
  };
}

/** A word between JSON messages, such as `ping`, or bytes. */
function decodeOther(payload: Uint8Array, problem: Problem, isText: boolean): Decoded {
  if (isText && payload.length <= 16 && /^(ping|pong|heartbeat|hb)$/i.test(utf8(payload))) {
    return { ...text.decode(payload), kind: utf8(payload).toLowerCase(), heartbeat: true };
  }
  return { ...(isText ? text : binary).decode(payload), problem };
}

/** After a byte order mark. */
function skipMark(payload: Uint8Array): number {
  return payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf ? 3 : 0;
}

/** Whether another value follows on a line of its own. */
function isLine(payload: Uint8Array, { end, problem }: JsonReading): boolean {
  const next = problem?.at ?? end;
  return next > end && payload.subarray(end, next).includes(0x0a) && isContainer(payload, next);
}

function decodeLines(payload: Uint8Array, first: JsonReading): Decoded {
  const lines: JsonReading[] = [];
  let problem: Problem | undefined;
  for (let at = first.start; at < payload.length; ) {
    const line = readJson(payload, at, lineEnd(payload, at), String(lines.length));
    problem ??= line.problem;
    lines.push(line);
    at = skipSpace(payload, lineEnd(payload, line.end));
  }
  return {
    tree: branch('', 'array', itemCount(lines.length), () => lines.map((line) => line.node), { note: 'NDJSON' }),
    summary: `${lines.length} lines: ${compactJson(payload, first.start, payload.length, 280)}`,
    kind: jsonKind(payload, first.start),
    problem,
    json: () => lines.map((line) => line.value()),
  };
}

function lineEnd(payload: Uint8Array, at: number): number {
  const end = payload.indexOf(0x0a, at);
  return end < 0 ? payload.length : end;
}

function sniffJson(samples: Sample[]): Sniff {
  const told = samples.filter((sample) => sample.payload.length > 0);
  const good = told.filter(isJson);
  if (good.length === 0) return NO;
  return {
    confidence: 0.6 * (good.length / told.length),
    reason: `${good.length} of ${told.length} messages are JSON`,
  };
}

/** Objects and arrays only: a lone number or word is as well plain text. Long messages are judged by their beginning. */
function isJson(sample: Sample): boolean {
  const start = skipSpace(sample.payload, skipMark(sample.payload));
  if (!isContainer(sample.payload, start)) return false;
  if (sample.payload.length > 65_536) return /^\s*(\{\s*("|\})|\[\s*(["\d{[\]tfn-]))/.test(headText(sample));
  const reading = readJson(sample.payload, start);
  return reading.problem === undefined || isLine(sample.payload, reading);
}
