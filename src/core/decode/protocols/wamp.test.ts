import { expect, test } from 'vitest';
import { decodeAll, nodeAt } from '../testing/decode-all';
import { pairsOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordWampCbor, recordWampJson, recordWampMsgpack } from '../testing/recordings/wamp';
import type { DecodeContext } from '../types';
import { wamp } from './wamp';

const context = (): DecodeContext => ({
  url: '',
  protocol: 'wamp.2.json',
  direction: 'received',
  text: true,
  state: {},
});
const decode = (message: unknown, shared = context()) =>
  wamp.decode(new TextEncoder().encode(JSON.stringify(message)), shared);

const rows = [
  '↑ HELLO realm1 | HELLO realm1',
  '↓ WELCOME realm1 | WELCOME realm1 session 9129137332',
  '↑ SUBSCRIBE com.price | SUBSCRIBE com.price',
  '↓ SUBSCRIBED com.price | SUBSCRIBED com.price',
  '↑ PUBLISH com.price | PUBLISH com.price {gold: 2650}',
  '↓ EVENT com.price | EVENT com.price {gold: 2650}',
  '↓ PUBLISHED com.price | PUBLISHED com.price',
  '↑ REGISTER com.add | REGISTER com.add',
  '↓ REGISTERED com.add | REGISTERED com.add',
  '↑ CALL com.add | CALL com.add [2, 3]',
  '↓ INVOCATION com.add | INVOCATION com.add [2, 3]',
  '↑ YIELD com.add | YIELD com.add [5]',
  '↓ RESULT com.add | RESULT com.add [5]',
  '↑ CALL com.missing | CALL com.missing',
  '↓ ERROR com.missing | ERROR com.missing wamp.error.no_such_procedure',
  '↑ UNREGISTER | UNREGISTER',
  '↓ UNREGISTERED | UNREGISTERED',
  '↑ GOODBYE | GOODBYE wamp.close.system_shutdown',
  '↓ GOODBYE | GOODBYE wamp.close.goodbye_and_out',
];

for (const record of [recordWampJson, recordWampMsgpack, recordWampCbor]) {
  const recording = await record();
  protocolSuite(wamp, recording, { rows });
  test(`${recording.between}: places of the array are named, with their bytes`, () => {
    const call = decodeAll(wamp, recording).find(({ kind }) => kind === 'CALL com.add');
    const procedure = nodeAt(call!.tree, '3');
    expect(procedure).toMatchObject({ value: 'com.add', note: 'procedure' });
    expect(procedure!.end! - procedure!.start!).toBe(recording.protocol === 'wamp.2.json' ? 9 : 8);
  });
}

test('a progressive result is an event of its call, the last one the reply', () => {
  expect(pairsOf(decode([50, 7, { progress: true }, [1]]))).toEqual([{ id: 'client 7', role: 'event' }]);
  expect(pairsOf(decode([50, 7, {}, [2]]))).toEqual([{ id: 'client 7', role: 'reply' }]);
});

test('an array with an unknown code is shown as JSON', () => {
  const decoded = decode([99, 1, {}]);
  expect(decoded.summary).toBe('[99,1,{}]');
  expect(decoded.parts).toBeUndefined();
});
