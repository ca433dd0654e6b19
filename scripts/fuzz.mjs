// npm run fuzz -- [inputs per decoder] [decoder ids...]
// Gives every decoder of the registry broken input, made from recorded traffic, and exits 1 if one throws, hangs,
// takes longer than 50 ms for an input, or gives a result beyond its bounds.
import { Worker } from 'node:worker_threads';

/** Longer than this without the next input is a hang. */
const HANG_MS = 20_000;
/** Bytes of the present input that are kept for the report. */
const KEPT = 256 * 1024;

const words = process.argv.slice(2);
const count = Number(words.find((word) => /^\d+$/.test(word)) ?? 100_000);
const only = words.filter((word) => !/^\d+$/.test(word));
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);

const progress = new Int32Array(new SharedArrayBuffer(12));
const input = new Uint8Array(new SharedArrayBuffer(KEPT));

console.log(`${count} inputs for each decoder, seed ${seed}`);
const worker = new Worker(new URL('./lib/fuzz-worker.mjs', import.meta.url), {
  workerData: { count, only, seed, progress, input },
});
let failed = false;
let present = 'the recordings';

worker.on('message', (message) => {
  if (message.begins) present = message.begins;
  if (!message.report) return;
  const { decoder, inputs, slowest, failures, seconds } = message.report;
  const mark = failures.length === 0 ? 'ok  ' : 'FAIL';
  console.log(
    `${mark} ${decoder.padEnd(16)} ${inputs} inputs, slowest ${slowest.toFixed(1)} ms, ${seconds.toFixed(1)} s`,
  );
  for (const { what, message: words, context, payload } of failures) {
    failed = true;
    console.log(`  ${what}: ${words}\n  on ${JSON.stringify(context)} ${payload.slice(0, 4000)}`);
  }
});
worker.on('error', (error) => {
  console.error(error);
  process.exit(1);
});

let last = '';
let since = Date.now();
const watch = setInterval(() => {
  const mark = `${present} ${Atomics.load(progress, 0)}`;
  if (mark !== last) {
    last = mark;
    since = Date.now();
  } else if (Date.now() - since > HANG_MS) {
    const payload = Buffer.from(input.slice(0, Math.min(KEPT, Atomics.load(progress, 1)))).toString('base64');
    console.error(`FAIL ${present} hangs on input ${Atomics.load(progress, 0)}: ${payload.slice(0, 4000)}`);
    process.exit(1);
  }
}, 1000);

worker.on('exit', (code) => {
  clearInterval(watch);
  process.exitCode = failed || code !== 0 ? 1 : 0;
});
