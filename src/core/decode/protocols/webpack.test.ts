import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordWebpack } from '../testing/recordings/webpack';
import { webpack } from './webpack';

const recording = await recordWebpack();

protocolSuite(webpack, recording, {
  rows: [
    '↓ hot | hot',
    '↓ liveReload | liveReload',
    '↓ reconnect | reconnect 10',
    '↓ overlay | overlay true',
    '↓ errors | errors 1: …',
  ],
  // The compiler may begin anew more than once.
  heartbeats: ['↓ hash | hash …', '↓ ok | ok', '↓ invalid | invalid'],
  normal: (row) => row.replace(/(hash \| hash|errors 1:) .*/, '$1 …'),
});

test('is chosen', () => {
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('webpack');
});

// Next.js: `HMR_ACTIONS_SENT_TO_BROWSER` in next/dist/server/dev/hot-reloader-types.
test('Next.js has actions', () => {
  const url = 'ws://127.0.0.1:3000/_next/webpack-hmr';
  expect(chooseDecoder({ url, protocol: '' }, []).decoder.id).toBe('webpack');
  expect(decodeOne(webpack, '{"action":"built","hash":"1a"}')).toMatchObject({
    kind: 'built',
    summary: 'built {hash: "1a"}',
  });
  expect(decodeOne(webpack, '{"event":"ping","id":1}')).toMatchObject({ kind: 'ping', heartbeat: true });
});

test('other JSON with such types is not taken for it', () => {
  const samples = samplesOf('{"type":"ok"}', '{"type":"error"}');
  expect(webpack.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});
