import { compileFilter } from '../src/core/filter';
import type { RowContent, RowFacts } from '../src/core/filter/types';

/**
 * What a filter alone takes for a million rows of 200 B whose text is at hand: no decoding of UTF-8, no database.
 * Prints one JSON object a line. Run it with `npx tsx bench/filter-rows.ts`.
 */
const ROWS = 1_000_000;
const CASES: [name: string, query: string, budget: number, passing: number][] = [
  ['filter.rows_columns_ms', 'dir:received size:>100', 100, ROWS],
  ['filter.rows_text_ms', '"needle in it"', 500, 0],
  ['filter.rows_unicode_ms', 'ärger', 500, 0],
  ['filter.rows_regex_ms', '/trade.*BTC9/', 1500, 200],
  ['filter.rows_json_ms', '$.type:"trade"', 1500, 10_000],
];

const texts = Array.from({ length: 5000 }, (_, i) => {
  const filler = 'lorem ipsum dolor sit amet consectetur '.repeat(4);
  return JSON.stringify({ type: i % 100 ? 'tick' : 'trade', symbol: `BTC${i}`, price: i * 1.37, filler }).padEnd(200);
});

for (const [name, query, budget, passing] of CASES) {
  scan(query);
  const { ms, passed } = scan(query);
  const value = Math.round(ms);
  console.log(JSON.stringify({ name, value, unit: 'ms', budget, ok: value <= budget && passed === passing }));
}

/** Tests all rows. */
function scan(query: string): { ms: number; passed: number } {
  const filter = compileFilter(query, { connection: (id) => ({ id, url: 'wss://example.com/ticker' }) });
  let text = '';
  const content: RowContent = {
    text: () => text,
    decoded: () => '',
    json: () => JSON.parse(text) as unknown,
    jsonIsText: () => true,
    parts: () => [],
    messageKind: () => '',
  };
  const row: RowFacts = {
    index: 0,
    time: 0,
    sinceStart: 0,
    gap: 0,
    connection: 1,
    kind: 'text',
    direction: 'received',
    flags: 0,
    length: 200,
    marked: false,
    latency: Number.NaN,
    unanswered: false,
  };
  const start = performance.now();
  let passed = 0;
  for (let i = 0; i < ROWS; i++) {
    row.index = i;
    row.time = i;
    row.sinceStart = i;
    text = texts[i % texts.length];
    if (filter.test(row, content)) passed++;
  }
  return { ms: performance.now() - start, passed };
}
