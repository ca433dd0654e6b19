import type { FilterEnvironment, RowContent, RowFacts } from '../types';

/** For tests: a received text frame of connection 1, with what is given changed. */
export function testRow(change: Partial<RowFacts> = {}): RowFacts {
  return {
    index: 0,
    time: 1_700_000_000_000,
    sinceStart: 0,
    gap: 0,
    connection: 1,
    kind: 'text',
    direction: 'received',
    flags: 0,
    length: 0,
    marked: false,
    latency: Number.NaN,
    unanswered: false,
    ...change,
  };
}

/** For tests: a payload of `text`; its JSON is decoded where it is such. */
export function testContent(text: string, decoded = '', messageKind = ''): RowContent {
  return {
    text: () => text,
    decoded: () => decoded,
    json: () => parsed(text),
    messageKind: () => messageKind,
    parts: () => [],
  };
}

/** For tests: connection 1 at a URL, in UTC. */
export function testEnvironment(url = 'wss://example.com/ticker'): FilterEnvironment {
  return { connection: (id) => (id === 1 ? { id, url } : undefined), utcOffset: () => 0 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
