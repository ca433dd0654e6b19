// The part of `npm run fuzz` that runs decoders: in a thread of its own, so that a hang can be told.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { decoders } = await import('../../src/core/decode/registry.ts');
const { recordCorpus } = await import('../../src/core/decode/testing/corpus.ts');
const { PLAIN_CORPUS } = await import('../../src/core/decode/testing/plain-corpus.ts');
const { SCHEMA_CORPUS, SCHEMA_DECODERS } = await import('../../src/core/decode/testing/schema-corpus.ts');
const { fuzz, seedsOf } = await import('../../src/core/decode/testing/fuzz.ts');

const { count, only, seed, progress, input } = workerData;
const corpus = [
  ...(await recordCorpus((name) => parentPort.postMessage({ begins: name }))),
  ...PLAIN_CORPUS,
  ...SCHEMA_CORPUS,
];

for (const decoder of [...decoders, ...SCHEMA_DECODERS]) {
  if (only.length > 0 && !only.includes(decoder.id)) continue;
  parentPort.postMessage({ begins: decoder.id });
  const own = seedsOf(corpus.filter((recording) => recording.decoder === decoder.id));
  const others = seedsOf(corpus.filter((recording) => recording.decoder !== decoder.id));
  const started = performance.now();
  const report = fuzz(
    decoder,
    own,
    others,
    count,
    seed,
    () => performance.now(),
    (index, payload) => {
      input.set(payload.subarray(0, input.length));
      Atomics.store(progress, 1, payload.length);
      Atomics.store(progress, 0, index);
    },
  );
  parentPort.postMessage({ report: { ...report, seconds: (performance.now() - started) / 1000 } });
}
process.exit(0);
