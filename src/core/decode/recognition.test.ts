import { expect, test } from 'vitest';
import { chooseDecoder } from './registry';
import { confusionTable, wrong } from './testing/confusion';
import { recordCorpus } from './testing/corpus';
import { PLAIN_CORPUS } from './testing/plain-corpus';

/** How many first messages of a connection sniffing sees. */
const SEEN = 32;

const corpus = await recordCorpus();

const choices = (part: (length: number) => [from: number, to: number], known: boolean) =>
  [...corpus, ...PLAIN_CORPUS].map((recording) => {
    const { url, protocol, messages, decoder } = recording;
    const context = known ? { url, protocol } : { url: 'ws://127.0.0.1/', protocol: '' };
    const chosen = chooseDecoder(context, messages.slice(...part(messages.length)));
    return { right: decoder, chosen: chosen.decoder.id, of: recording.between, reason: chosen.reason };
  });

test('every recorded connection is recognised, plain text, JSON and bytes are left alone', () => {
  const all = choices(() => [0, SEEN], true);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});

test('so it is by what was said alone, without URL and subprotocol', () => {
  const all = choices(() => [0, SEEN], false);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});

test('so it is with URL and subprotocol, from the middle on', () => {
  const all = choices((length) => [Math.floor(length / 2), Math.floor(length / 2) + SEEN], true);
  console.log(confusionTable(all));
  expect(wrong(all)).toEqual([]);
});
