import { expect, test } from 'vitest';
import { decodeAll, nodeAt } from '../testing/decode-all';
import { protocolSuite } from '../testing/protocol-suite';
import { recordCentrifugoJson, recordCentrifugoProtobuf } from '../testing/recordings/centrifugo';
import type { DecodeContext } from '../types';
import { centrifugo } from './centrifugo';

const inJson = await recordCentrifugoJson();
const inProtobuf = await recordCentrifugoProtobuf();

const rows = [
  '↑ connect | connect {token: "jwt", name: "js"}',
  '↓ reply connect | reply connect {client: "c1", version: "6.0.0", ping: 25, pong: true}',
  '↑ subscribe news | subscribe news {channel: "news", flag: 1}',
  '↓ reply subscribe news | reply subscribe news {epoch: "xyz", offset: 4} · ping',
  '↑ publish news | publish news {headline: "hello"}',
  '↓ push pub news | push pub news {headline: "hello"} · reply publish news {}',
  '↑ pong | pong ♥',
  '↑ rpc add | rpc add [1, 2]',
  '↓ reply rpc add | reply rpc add {data: 3}',
  '↑ rpc forbidden | rpc forbidden null',
  '↓ reply rpc forbidden | reply rpc forbidden error 103 permission denied',
  '↑ unsubscribe news | unsubscribe news {channel: "news"}',
  '↓ reply unsubscribe news | reply unsubscribe news {}',
];
// Protobuf carries data as bytes: a lone number is shown as text.
const asText = (row: string) => row.replace('data: "3"', 'data: 3').replace('"null"', 'null');

protocolSuite(centrifugo, inJson, { rows: rows });
protocolSuite(centrifugo, inProtobuf, { rows: rows, normal: asText });

test('fields of Protobuf have their bytes', () => {
  const [, reply] = decodeAll(centrifugo, inProtobuf);
  expect(nodeAt(reply!.tree, 'Reply', 'connect', 'client')).toMatchObject({ value: 'c1', start: 5, end: 9 });
});

test('Protobuf cut short shows what is there, and where it stops', () => {
  const context: DecodeContext = { url: '', protocol: '', direction: 'received', text: false, state: {} };
  const whole = inProtobuf.messages[1]!.payload;
  const decoded = centrifugo.decode(whole.subarray(0, 12), context);
  expect(decoded.problem).toEqual({ message: '5 bytes expected, 1 left', at: 11 });
  expect(nodeAt(decoded.tree, 'Reply', 'connect', 'client')?.value).toBe('c1');
});
