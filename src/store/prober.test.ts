import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProbeRequest } from './probe-messages';
import { PROBE_MS, Prober, type ProbeWorker, TooSlowError } from './prober';

/** A Worker that answers when told to, or never. */
class FakeWorker implements ProbeWorker {
  onmessage: ProbeWorker['onmessage'] = null;
  onerror: ProbeWorker['onerror'] = null;
  ended = false;
  begins = true;
  readonly asked: ProbeRequest[] = [];

  postMessage(request: unknown): void {
    const asked = request as ProbeRequest;
    this.asked.push(asked);
    if (this.begins) this.say({ type: 'begun', id: asked.id });
  }
  terminate(): void {
    this.ended = true;
  }
  answer(matches: number[]): void {
    const { id } = this.asked[this.asked.length - 1];
    this.say({ type: 'probed', id, matches });
  }
  private say(data: unknown): void {
    this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent);
  }
}

const request: Omit<ProbeRequest, 'type' | 'id'> = {
  query: '/x/',
  first: 0,
  context: 0,
  previous: new Uint32Array(0),
  start: 0,
  record: new ArrayBuffer(0),
  offsets: new Uint32Array(0),
  data: new Uint8Array(0),
  gaps: new Float64Array(0),
  latencies: new Float64Array(0),
  marked: [],
  answers: [],
  only: null,
  connections: [],
};

let workers: FakeWorker[];
let prober: Prober;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  prober = new Prober(() => {
    workers.push(new FakeWorker());
    return workers[workers.length - 1];
  });
});
afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;

test('a test that takes too long is ended, and the next one gets a fresh Worker', async () => {
  const slow = prober.run(request, never);
  const next = prober.run(request, never);
  const failed = expect(slow).rejects.toThrow(TooSlowError);
  await vi.advanceTimersByTimeAsync(PROBE_MS);
  await failed;
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  workers[1].answer([3]);
  expect(await next).toEqual([3]);
});

test('the time that a Worker takes to start is not the test’s', async () => {
  const starting = new FakeWorker();
  starting.begins = false;
  prober = new Prober(() => starting);
  const result = prober.run(request, never);
  await vi.advanceTimersByTimeAsync(PROBE_MS * 5);
  expect(starting.ended).toBe(false);
  starting.answer([1]);
  expect(await result).toEqual([1]);
});

test('requests go one after the other to one Worker', async () => {
  const results = Promise.all([prober.run(request, never), prober.run(request, never)]);
  expect(workers[0].asked).toHaveLength(1);
  workers[0].answer([1]);
  expect(workers[0].asked).toHaveLength(2);
  workers[0].answer([2]);
  expect(await results).toEqual([[1], [2]]);
  expect(workers).toHaveLength(1);
});

test('what nobody waits for any more makes room soon', async () => {
  const abandoned = new AbortController();
  const slow = prober.run(request, abandoned.signal);
  const failed = expect(slow).rejects.toThrow();
  abandoned.abort();
  await vi.advanceTimersByTimeAsync(PROBE_MS / 5);
  await failed;
  expect(workers[0].ended).toBe(true);
  await expect(prober.run(request, abandoned.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
