import { expect, test } from 'vitest';
import { jsonRpc } from './protocols/jsonrpc';
import { chooseDecoder, decodeFrame, decoderById, decoders } from './registry';
import { nodeAt, samplesOf } from './testing/decoding';
import type { DecodeContext, Decoder } from './types';

const nowhere = { url: '', protocol: '' };
const context: DecodeContext = { ...nowhere, direction: 'received', text: true, state: {} };
const bytes = (text: string) => new TextEncoder().encode(text);

test('every decoder has an id of its own and can be found by it', () => {
  expect(new Set(decoders.map(({ id }) => id)).size).toBe(decoders.length);
  for (const decoder of decoders) expect(decoderById(decoder.id)).toBe(decoder);
  expect(decoderById('nothing')).toBeUndefined();
});

test('plain text, numbers and unknown bytes are left alone', () => {
  expect(chooseDecoder(nowhere, samplesOf('hello', 'world', '42')).decoder.id).toBe('text');
  expect(chooseDecoder(nowhere, samplesOf(Uint8Array.of(0xfe, 0x01, 0x99), Uint8Array.of(0xff))).decoder.id).toBe(
    'binary',
  );
  expect(chooseDecoder(nowhere, [])).toMatchObject({
    decoder: { id: 'text' },
    confidence: 0,
    reason: 'no messages yet',
  });
});

test('JSON is JSON, with a reason', () => {
  expect(chooseDecoder(nowhere, samplesOf('{"price":1}', '{"price":2}'))).toMatchObject({
    decoder: { id: 'json' },
    reason: '2 of 2 messages are JSON',
  });
});

test('a subprotocol alone suffices', () => {
  expect(chooseDecoder({ url: '', protocol: 'graphql-transport-ws' }, [])).toMatchObject({
    decoder: { id: 'graphql' },
    confidence: 1,
    reason: 'subprotocol graphql-transport-ws',
  });
});

test('a sure protocol wins over its encoding', () => {
  const rpc = samplesOf('{"jsonrpc":"2.0","id":1,"method":"a"}', '{"jsonrpc":"2.0","id":1,"result":1}');
  expect(chooseDecoder(nowhere, rpc).decoder.id).toBe('json-rpc');
});

test.each([
  ['arrays', '['.repeat(32_000) + ']'.repeat(32_000)],
  ['objects', `${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}`],
  ['batches with calls', `[{"jsonrpc":"2.0","method":"a"},${'['.repeat(30_000)}${']'.repeat(30_000)}]`],
])('nesting of %s costs no decoder its stack', (_, hostile) => {
  const samples = samplesOf(hostile, hostile);
  for (const decoder of decoders) {
    expect(() => decoder.sniff(nowhere, samples)).not.toThrow();
    expect(() => decoder.decode(bytes(hostile), { ...context, state: {} })).not.toThrow();
  }
  expect(chooseDecoder(nowhere, samples).decoder.id).toBe('json');
});

test('a bug in looking at messages leaves the choice to the other decoders', () => {
  const { sniff } = jsonRpc;
  jsonRpc.sniff = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  try {
    expect(chooseDecoder(nowhere, samplesOf('{"price":1}', '{"price":2}')).decoder.id).toBe('json');
  } finally {
    jsonRpc.sniff = sniff;
  }
});

test('a bug in a decoder shows the payload and names the error', () => {
  const broken: Decoder = {
    ...decoderById('json')!,
    label: 'Broken',
    decode() {
      throw new TypeError('no such thing');
    },
  };
  const { tree, problem } = decodeFrame(broken, bytes('hello'), context);
  expect(tree.value).toBe('hello');
  expect(problem).toEqual({ message: 'the Broken decoder failed: no such thing', at: 0 });
});

test('values within are opened, but not where raw text is wanted', () => {
  const token = `${btoa('{"alg":"none","typ":"JWT"}')}.${btoa('{"sub":"me"}')}.`.replaceAll('=', '');
  const message = bytes(JSON.stringify({ token }));
  expect(nodeAt(decodeFrame(decoderById('json')!, message, context).tree, 'token').note).toBe('JWT');
  expect(decodeFrame(decoderById('text')!, message, context).tree.children).toBeUndefined();
});
