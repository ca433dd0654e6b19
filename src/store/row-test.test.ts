import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import * as registry from '../core/decode/registry';
import { compileFilter } from '../core/filter';
import { probe } from './probe';
import type { ProbeRequest } from './probe-messages';
import type { ProbeWorker } from './prober';
import { Machine, Page } from './testing/harness';

/** A Worker without a thread. */
function createProbe(): ProbeWorker {
  const worker: ProbeWorker = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    async postMessage(request) {
      const copy = structuredClone(request) as ProbeRequest;
      const data = await probe(copy, { compileFilter, loadDecoders: async () => registry });
      worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
    },
  };
  return worker;
}

test.each([
  ['here', ''],
  ['in a Worker', ' /./'],
])('the first frame of a connection has no gap, tested %s', async (_where, regex) => {
  const devtools = new Machine().start({ createProbe });
  await devtools.begin();
  const page = new Page(devtools, 'a').socket(1).socket(2);
  await page.text(1, 'a').text(2, 'b').text(1, 'c').text(1, 'd').send();
  const frames = async (query: string) => (await devtools.rows({ query: query + regex })).map(({ frame }) => frame);
  expect(await frames('gap:<1m')).toEqual([2, 3]);
  expect(await frames('gap:0..1')).toEqual([3]);
  expect(await frames('gap:<2ms')).toEqual([3]);
  expect(await frames('-gap:<1m')).toEqual([0, 1]);
});
