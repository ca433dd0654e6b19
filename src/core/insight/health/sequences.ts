import { type Finding, type HealthDetector, MOST_FRAMES } from './detector';
import { counted } from './words';

/** Names of fields that number messages. */
const FIELD =
  /"(seq|sequence|seqNo|seqNum|seq_no|seq_num|sequenceNumber|sequence_number|sn|offset|index|counter|s|u|id)"\s*:\s*(\d{1,15})\b/;
/** Only the beginning of a message is looked at, in UTF-16 units. */
const HEAD = 1024;
/** Numbered messages before one can speak of a sequence, and the part of them that must follow each other. */
const LEAST = 20;
const IN_ORDER = 0.9;
/** What is followed at most, over all connections. */
const MOST_SERIES = 2000;
/** Messages of a connection and direction without a number, after which no more is looked at. */
const MOST_WITHOUT = 200;

interface Series {
  connection: number;
  sent: boolean;
  field: string;
  last: number;
  count: number;
  inOrder: number;
  missing: number;
  backwards: number;
  again: number;
  frames: number[];
}

/** Messages that number themselves, and of which some are missing, out of order or doubled. */
export function createSequences(): HealthDetector {
  const series = new Map<string, Series>();
  const without = new Map<string, number>();
  return {
    see({ frame, connection, sent, text, content }) {
      if (!text || content === null) return;
      const channel = `${connection} ${sent}`;
      const misses = without.get(channel) ?? 0;
      if (misses >= MOST_WITHOUT) return;
      const found = FIELD.exec(content.length > HEAD ? content.slice(0, HEAD) : content);
      if (!found) {
        without.set(channel, misses + 1);
        return;
      }
      without.set(channel, 0);
      // What stands before the number tells one series of a connection from another: its type, its channel.
      const key = `${channel} ${content.slice(0, found.index).replace(/\d+/g, '#')} ${found[1]}`;
      const number = Number(found[2]);
      const known = series.get(key);
      if (known === undefined) {
        if (series.size >= MOST_SERIES) return;
        const made = { connection, sent, field: found[1], last: number, count: 1, inOrder: 0 };
        series.set(key, { ...made, missing: 0, backwards: 0, again: 0, frames: [] });
        return;
      }
      step(known, number, frame);
    },
    findings: () => [...series.values()].flatMap(findingOf),
  };
}

function step(series: Series, number: number, frame: number): void {
  const by = number - series.last;
  series.count++;
  if (by === 1) series.inOrder++;
  else {
    if (by > 1) series.missing += by - 1;
    else if (by === 0) series.again++;
    else series.backwards++;
    if (series.frames.length < MOST_FRAMES) series.frames.push(frame);
  }
  // One that comes late fills a gap and is no new beginning.
  if (by > 0) series.last = number;
  else if (by < 0) series.missing = Math.max(0, series.missing - 1);
}

function findingOf(series: Series): Finding | [] {
  const { connection, sent, field, count, inOrder, missing, backwards, again, frames } = series;
  if (count < LEAST || inOrder < (count - 1) * IN_ORDER || frames.length === 0) return [];
  const troubles = [
    ...(missing > 0 ? [`${counted(missing, 'number')} missing`] : []),
    ...(backwards > 0 ? [`${counted(backwards, 'message')} out of order`] : []),
    ...(again > 0 ? [`${counted(again, 'number')} twice`] : []),
  ];
  return {
    id: `sequence ${connection} ${sent} ${field} ${frames[0]}`,
    severity: 'warning',
    title: `“${field}” counts ${counted(count, 'message')} ${sent ? 'sent' : 'received'}: ${troubles.join(', ')}`,
    detail: 'By their own numbers, messages were lost, doubled or mixed up before they came here.',
    connections: [connection],
    filter: `conn:${connection} dir:${sent ? 'sent' : 'received'} $..${field}`,
    frames,
  };
}
