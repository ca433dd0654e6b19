import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, pairsOf, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordVite } from '../testing/recordings/vite';
import { vite } from './vite';

const recording = await recordVite();

protocolSuite(vite, recording, {
  rows: [
    '↓ connected | connected',
    '↑ custom:app:hello | app:hello {name: "you"}',
    '↓ custom:app:greeting | app:greeting {to: "you"}',
    '↓ update | update /a.js',
    '↓ full-reload | full-reload /index.html',
    '↓ error | error it failed',
    '↑ ping | ping ♥',
  ],
});

test('is chosen', () => {
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('vite');
});

// `vite:invoke` of vite/dist/node/module-runner: the id says which way it goes.
test('an invocation and its response are a pair', () => {
  const ask = '{"type":"custom","event":"vite:invoke","data":{"id":"send:7","name":"fetchModule","data":[]}}';
  const answer = '{"type":"custom","event":"vite:invoke","data":{"id":"response:7","data":{"result":1}}}';
  expect(pairsOf(decodeOne(vite, ask, { direction: 'sent' }))).toEqual([{ id: 'sent 7', role: 'request' }]);
  expect(pairsOf(decodeOne(vite, answer))).toEqual([{ id: 'sent 7', role: 'reply' }]);
});

test('other JSON with such types is not taken for it', () => {
  const samples = samplesOf('{"type":"update"}', '{"type":"error"}', '{"type":"custom","event":"a"}');
  expect(vite.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});

test('updates of other things than files are not taken for it', () => {
  const samples = samplesOf('{"type":"connected"}', '{"type":"update","updates":[{"id":1}]}');
  expect(vite.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
  expect(vite.sniff({ url: '', protocol: '' }, samplesOf('{"type":"update","updates":[]}')).confidence).toBe(0);
});
