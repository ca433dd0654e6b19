import { afterEach, expect, it, vi } from 'vitest';
import type { FromSandbox, SandboxFrame, ToSandbox } from '../core/messages/sandbox';
import { FunctionDecoder, type SandboxWorker } from './function-decoder';

type Behaviour = (frame: SandboxFrame) => Partial<FromSandbox> | 'endless';

/** A sandbox of which the test says what it does. */
class FakeSandbox implements SandboxWorker {
  static made: FakeSandbox[] = [];
  onmessage: SandboxWorker['onmessage'] = null;
  onerror: SandboxWorker['onerror'] = null;
  ended = false;
  readonly chunks: number[][] = [];

  constructor(
    readonly onCode: (code: string) => unknown[],
    readonly behaviour: Behaviour,
  ) {
    FakeSandbox.made.push(this);
  }

  postMessage(message: ToSandbox): void {
    if (message.type === 'code') for (const each of this.onCode(message.code)) this.say(each);
    else {
      this.chunks.push(message.frames.map(({ frame }) => frame));
      for (const frame of message.frames) {
        const answer = this.behaviour(frame);
        if (answer === 'endless') return;
        this.say({ frame: frame.frame, ...answer });
      }
    }
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: unknown): void {
    queueMicrotask(() => {
      if (!this.ended) this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data }));
    });
  }
}

afterEach(() => {
  FakeSandbox.made = [];
  vi.useRealTimers();
});

const LIMITS = { frame: 1000, code: 3000, start: 15_000, overruns: 2 };
const working = () => [{ type: 'alive' }, { type: 'ready' }];
const doubled: Behaviour = ({ frame }) => ({ type: 'result', value: frame * 2, left: null });

function decoderWith(behaviour: Behaviour, onCode: (code: string) => unknown[] = working) {
  const definition = { type: 'function' as const, id: 'mine', label: 'Mine', code: 'code' };
  return new FunctionDecoder(definition, () => new FakeSandbox(onCode, behaviour), LIMITS);
}

const frameOf = (frame: number): SandboxFrame => ({
  frame,
  bytes: new Uint8Array(),
  text: true,
  direction: 'sent',
  url: '',
  protocol: '',
});
const frames = (count: number, from = 0) => Array.from({ length: count }, (_, i) => frameOf(from + i));

it('answers come in the order of the frames', async () => {
  const answers = await Promise.all(decoderWith(doubled).run(frames(200), true));
  expect(answers.map((answer) => 'value' in answer && answer.value)).toEqual(frames(200).map(({ frame }) => frame * 2));
  expect(FakeSandbox.made).toHaveLength(1);
});

it('what the function throws is the failure of that frame alone', async () => {
  const decoder = decoderWith((frame) =>
    frame.frame === 1 ? { type: 'failed', message: 'TypeError: no', line: 3 } : doubled(frame),
  );
  const answers = await Promise.all(decoder.run(frames(3), true));
  expect(answers[1]).toEqual({ failure: 'Mine failed in line 3: TypeError: no' });
  expect(answers[2]).toMatchObject({ value: 4 });
});

it('a frame that takes too long is named, its sandbox ended, and the others are read in another', async () => {
  vi.useFakeTimers();
  const decoder = decoderWith((frame) => (frame.frame === 1 ? 'endless' : doubled(frame)));
  const answers = Promise.all(decoder.run(frames(3), true));
  await vi.advanceTimersByTimeAsync(2002);
  expect((await answers)[1]).toEqual({ failure: 'Mine did not end within 1000 ms on frame 2, and was stopped' });
  expect((await answers)[2]).toMatchObject({ value: 4 });
  expect(FakeSandbox.made.map(({ ended }) => ended)).toEqual([true, true, false]);
  expect(decoder.problem).toBeNull();
});

it('a frame that took too long because the machine was busy is read the second time', async () => {
  vi.useFakeTimers();
  let busy = true;
  const decoder = decoderWith((frame) => {
    if (!busy) return doubled(frame);
    busy = false;
    return 'endless';
  });
  const answers = Promise.all(decoder.run(frames(2), true));
  await vi.advanceTimersByTimeAsync(1001);
  expect(await answers).toMatchObject([{ value: 0 }, { value: 2 }]);
});

it('after some of these it is not tried any more', async () => {
  vi.useFakeTimers();
  const decoder = decoderWith(() => 'endless');
  const answers = Promise.all(decoder.run(frames(20), true));
  await vi.advanceTimersByTimeAsync(4004);
  const failures = (await answers).map((answer) => ('failure' in answer ? answer.failure : ''));
  expect(failures[1]).toContain('frame 2');
  expect(failures[19]).toBe(
    'Mine: It did not end within 1000 ms on frame 2, and was stopped; 2 frames took too long, no more are tried',
  );
  expect(FakeSandbox.made).toHaveLength(4);
  expect(await Promise.all(decoder.run(frames(1), true))).toEqual([{ failure: failures[19] }]);
});

it('what somebody looks at goes before the rest', async () => {
  const order: number[] = [];
  const decoder = decoderWith((frame) => {
    order.push(frame.frame);
    return doubled(frame);
  });
  const rest = decoder.run(frames(100), false);
  await Promise.all(decoder.run([frameOf(1000)], true));
  await Promise.all(rest);
  expect(order.indexOf(1000)).toBeLessThan(3);
});

it('broken code is told with its line, and nothing is run', async () => {
  const decoder = decoderWith(doubled, () => [
    { type: 'alive' },
    { type: 'broken', message: 'SyntaxError: x', line: 2 },
  ]);
  expect(await decoder.check()).toEqual({ message: 'SyntaxError: x', line: 2 });
  expect(await Promise.all(decoder.run(frames(1), true))).toEqual([{ failure: 'Mine: line 2: SyntaxError: x' }]);
  expect(FakeSandbox.made[0]).toMatchObject({ ended: true, chunks: [] });
});

it.each([
  [[], 15_001, 'The sandbox did not start'],
  [[{ type: 'alive' }], 18_001, 'The code did not end within 3000 ms when it was first run'],
])('a sandbox that says %j and no more is given up', async (said, ms, message) => {
  vi.useFakeTimers();
  const problem = decoderWith(doubled, () => said).check();
  await vi.advanceTimersByTimeAsync(ms);
  expect(await problem).toEqual({ message, line: null });
});

it('nonsense from a sandbox is not heard, and answers are not taken for those of other frames', async () => {
  vi.useFakeTimers();
  const decoder = decoderWith(
    ({ frame }) => ({ type: 'result', frame: frame + 1, value: 'forged', left: null }),
    () => [null, { type: 'result', frame: 'x' }, ...working()],
  );
  const answers = Promise.all(decoder.run(frames(1), true));
  await vi.advanceTimersByTimeAsync(2002);
  expect(await answers).toEqual([{ failure: 'Mine did not end within 1000 ms on frame 1, and was stopped' }]);
});

it('where there are no sandboxes it says so', async () => {
  const decoder = new FunctionDecoder({ type: 'function', id: 'mine', label: 'Mine', code: '' }, null, LIMITS);
  expect(await Promise.all(decoder.run(frames(1), true))).toEqual([
    { failure: 'Mine: There is no sandbox to run it in' },
  ]);
});
