import { expect, it } from 'vitest';
import type { SandboxFrame } from '../core/messages/sandbox';
import { FunctionDecoder } from './function-decoder';
import { LocalSandbox } from './testing/local-sandbox';
import { UserAnswers } from './user-answers';

const frameOf = async (frame: number): Promise<SandboxFrame | null> =>
  frame === 13
    ? null
    : { frame, bytes: new Uint8Array(), text: true, direction: 'sent', url: `wss://a.test/${frame}`, protocol: '' };

function decoderOf(code: string): FunctionDecoder {
  return new FunctionDecoder({ type: 'function', id: 'mine', label: 'Mine', code }, () => new LocalSandbox());
}

const wanted = (decoder: FunctionDecoder, ...frames: number[]) => frames.map((frame) => ({ frame, decoder }));

it('each frame is asked about once, however many ask', async () => {
  LocalSandbox.ran = 0;
  const answers = new UserAnswers(frameOf);
  const decoder = decoderOf('var decode = ({ url }) => url');
  const asking = [answers.run(wanted(decoder, 1, 2), true), answers.run(wanted(decoder, 2, 3), false)];
  await Promise.all(asking);
  await answers.run(wanted(decoder, 1, 2, 3), true);
  expect(LocalSandbox.ran).toBe(3);
  expect(answers.get(decoder, 3)).toMatchObject({ value: 'wss://a.test/3' });
  expect(answers.backlog).toBe(0);
});

it('a frame whose payload is gone has no answer', async () => {
  const answers = new UserAnswers(frameOf);
  const decoder = decoderOf('var decode = () => 1');
  await answers.run(wanted(decoder, 13), true);
  expect(answers.lacks(decoder, 13)).toBe(true);
});

it('answers of another version of the code are others', async () => {
  const answers = new UserAnswers(frameOf);
  const [one, two] = [decoderOf('var decode = () => 1'), decoderOf('var decode = () => 2')];
  await answers.run([...wanted(one, 1), ...wanted(two, 1)], true);
  expect([answers.get(one, 1), answers.get(two, 1)]).toMatchObject([{ value: 1 }, { value: 2 }]);
});

it('the oldest go when there are too many, or they are too large; the latest never', () => {
  const answers = new UserAnswers(frameOf);
  const decoder = decoderOf('');
  for (let frame = 0; frame < 10_000; frame++) answers.set(decoder, frame, { value: frame, left: null, size: 8 });
  expect(answers.get(decoder, 9_999)).toBeDefined();
  expect(answers.get(decoder, 1000)).toBeUndefined();
  answers.set(decoder, 10_000, { value: '', left: null, size: 64 << 20 });
  expect(answers.get(decoder, 9_999)).toBeUndefined();
  expect(answers.get(decoder, 10_000)).toBeDefined();
  answers.set(decoder, 10_001, { value: '', left: null, size: 8 });
  expect(answers.get(decoder, 10_000)).toBeUndefined();
});
