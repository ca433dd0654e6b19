import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, nodeAt, pairsOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordJupyter, recordJupyterV1 } from '../testing/recordings/jupyter';
import { jupyter } from './jupyter';

const recordings = await Promise.all([recordJupyter(), recordJupyterV1()]);

const rows = [
  '↑ kernel_info_request | kernel_info_request shell',
  '↓ status busy | status busy iopub',
  '↓ kernel_info_reply ok | kernel_info_reply ok shell {status: "ok", language_info: {name: "python"}}',
  '↓ status idle | status idle iopub',
  '↑ execute_request | execute_request shell print(1)',
  '↓ status busy | status busy iopub',
  '↓ stream stdout | stream stdout iopub 1',
  '↓ execute_reply ok | execute_reply ok shell {status: "ok", execution_count: 1, user_expressions: {}}',
  '↓ status idle | status idle iopub',
  '↑ comm_open | comm_open shell {comm_id: "comm-1", target_name: "widget", data: {n: 1}}',
  '↓ status busy | status busy iopub',
  '↓ status idle | status idle iopub',
];

for (const recording of recordings) {
  protocolSuite(jupyter, recording, { rows });

  test(`${recording.between} is chosen`, () => {
    expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('jupyter');
  });

  test(`${recording.between}: buffers are there`, () => {
    const opened = decodeAll(jupyter, recording).find(({ kind }) => kind === 'comm_open');
    expect(nodeAt(opened!.tree, 'buffer 0').bytes).toEqual(Uint8Array.of(1, 2, 3));
  });
}

test('what a request set off has its id', () => {
  const pairs = decodeAll(jupyter, recordings[1]!).slice(4, 9).flatMap(pairsOf);
  expect(new Set(pairs.map(({ id }) => id)).size).toBe(1);
  expect(pairs.map(({ role }) => role)).toEqual(['request', 'event', 'event', 'reply', 'end']);
});

test('a binary message cut short shows what there is', () => {
  const [, v1] = recordings;
  const { payload } = v1!.messages[0]!;
  const { tree, problem } = decodeOne(jupyter, payload.subarray(0, payload.length - 4));
  expect(problem?.at).toBeLessThanOrEqual(payload.length - 4);
  expect(nodeAt(tree, 'channel').value).toBe('shell');
});
