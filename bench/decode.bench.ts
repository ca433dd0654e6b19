/** Decoding for display: a screen of rows of every protocol and encoding, on recorded traffic; and one large JSON. */
import { decodeFrame, decoderById } from '../src/core/decode/registry';
import { recordCorpus } from '../src/core/decode/testing/corpus';
import { bytesOf } from '../src/core/decode/testing/decoding';
import { ENCODED_CORPUS } from '../src/core/decode/testing/encoded-corpus';
import { SCHEMA_CORPUS, SCHEMA_DECODERS } from '../src/core/decode/testing/schema-corpus';
import type { DecodeContext } from '../src/core/decode/types';
import { median, report } from './lib/report';

/** Rows of 20 px on a tall screen. */
const ROWS = 60;
/** Rounds: the first ones warm up and count as the others, as they do for a user. */
const ROUNDS = 15;

const encodings = ENCODED_CORPUS.map(([decoder, , payloads]) => ({
  decoder,
  url: '',
  protocol: '',
  messages: payloads.map((message) => ({
    direction: 'received' as const,
    text: typeof message === 'string',
    payload: bytesOf(message),
  })),
}));

/** The slowest connection of each decoder. */
const slowest = new Map<string, number>();
for (const { decoder: id, url, protocol, messages } of [...(await recordCorpus()), ...encodings, ...SCHEMA_CORPUS]) {
  const decoder = decoderById(id) ?? SCHEMA_DECODERS.find((each) => each.id === id);
  if (decoder === undefined || messages.length === 0) continue;
  const times = Array.from({ length: ROUNDS }, () => {
    const state: DecodeContext['state'] = {};
    const start = performance.now();
    for (let i = 0; i < ROWS; i++) {
      const { payload, direction, text } = messages[i % messages.length];
      const { summary, kind } = decodeFrame(decoder, payload, { url, protocol, direction, text, state });
      if (summary === '' && kind === '' && payload.length > 4) throw new Error(`${id} gives nothing to show`);
    }
    return performance.now() - start;
  });
  slowest.set(id, Math.max(slowest.get(id) ?? 0, median(times)));
}
for (const [id, time] of slowest) report(`decode.rows_ms.${id}`, time, 'ms', { budget: 8 });

const trade = { type: 'trade', price: 1.25, tags: ['a', { deep: [1, 2, 3] }], note: 'some words "in quotes"' };
const large = new TextEncoder().encode(JSON.stringify(Array.from({ length: 550_000 }, (_, id) => ({ id, ...trade }))));
const context: DecodeContext = { url: '', protocol: '', direction: 'received', text: true, state: {} };
const start = performance.now();
const { tree } = decodeFrame(decoderById('json')!, large, context);
const groups = tree.children?.() ?? [];
groups.at(-1)?.children?.();
report(`decode.json_${Math.round(large.length / 1e6)}mb_open_ms`, performance.now() - start, 'ms');
process.exit();
