import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, nodeAt } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordKubernetes } from '../testing/recordings/kubernetes';
import { kubernetes } from './kubernetes';

const recording = await recordKubernetes();

protocolSuite(kubernetes, recording, {
  rows: [
    '↑ stdin | stdin hello',
    '↑ resize | resize {"height":24,"width":80}',
    '↓ stdout | stdout hello',
    '↑ stdin | stdin exit',
    '↓ stderr | stderr bye',
    '↓ error | error Success',
    '↑ close | close stdin',
  ],
  anyOrder: true,
});

test('is chosen', () => {
  expect(chooseDecoder(recording, []).decoder.id).toBe('kubernetes');
  expect(chooseDecoder({ url: recording.url, protocol: '' }, recording.messages).decoder.id).toBe('kubernetes');
});

test('a failed command says why', () => {
  const status = '{"status":"Failure","reason":"NonZeroExitCode","message":"command terminated with exit code 1"}';
  const { summary, tree } = decodeOne(kubernetes, new TextEncoder().encode(`\u0003${status}`));
  expect(summary).toBe('error Failure NonZeroExitCode command terminated with exit code 1');
  expect(nodeAt(tree, 'data', 'status')).toMatchObject({ value: 'Failure', start: 11, end: 20 });
});

test('base64.channel.k8s.io: a digit and base64', () => {
  expect(decodeOne(kubernetes, `1${btoa('hello')}`)).toMatchObject({ kind: 'stdout', summary: 'stdout hello' });
  expect(decodeOne(kubernetes, '1no base64!').problem).toEqual({ message: 'not a digit and base64', at: 0 });
});

test('port-forward has a pair of channels for each port', () => {
  const url = 'ws://127.0.0.1/api/v1/namespaces/default/pods/a/portforward?ports=80';
  expect(decodeOne(kubernetes, Uint8Array.of(2, 0x50), { url }).kind).toBe('data of port 1');
  expect(decodeOne(kubernetes, Uint8Array.of(1, 0x50), { url }).kind).toBe('error of port 0');
});

test('unknown channels and nothing at all are problems', () => {
  expect(decodeOne(kubernetes, Uint8Array.of(9, 1)).problem).toEqual({ message: 'unknown channel 9', at: 0 });
  expect(decodeOne(kubernetes, new Uint8Array()).problem).toEqual({ message: 'no channel byte', at: 0 });
});
