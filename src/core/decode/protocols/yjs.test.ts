import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeAll, nodeAt } from '../testing/decode-all';
import { protocolSuite } from '../testing/protocol-suite';
import { recordYjs } from '../testing/recordings/yjs';
import type { DecodeContext } from '../types';
import { yjs } from './yjs';

const recording = await recordYjs();
const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'received', text: false, state: {} });

protocolSuite(yjs, recording, {
  normal: (row) => row.replace(/client \d+/g, 'client #'),
  rows: [
    '↓ sync step 1 | sync step 1 0 clients known',
    '↑ sync step 1 | sync step 1 0 clients known',
    '↓ sync step 2 | sync step 2 0 structs',
    '↑ awareness | awareness client # {}',
    '↑ sync step 2 | sync step 2 0 structs',
    '↑ update | update 1 struct, "hello"',
    '↓ update | update 1 struct, "hello"',
    '↑ update | update 1 struct, 42',
    '↓ update | update 1 struct, 42',
    '↑ update | update 1 struct, 1.5, true, "x", {deep: [null]}',
    '↓ update | update 1 struct, 1.5, true, "x", {deep: [null]}',
    '↑ awareness | awareness client # {user: {name: "Ada"}}',
    '↓ awareness | awareness client # {user: {name: "Ada"}}',
    '↓ update | update 1 struct, " world"',
    '↓ update | update 0 structs, 1 deleted',
    '↓ update | update 1 struct, YXmlElement p',
    '↑ awareness | awareness client # left',
    '↓ awareness | awareness client # left',
  ],
});

test('inserted text has its bytes', () => {
  const update = decodeAll(yjs, recording).find(({ summary }) => summary.includes('"hello"'));
  const node = nodeAt(update!.tree, 'update', 'structs of client', 'item', 'string');
  const { payload } = recording.messages[5]!;
  expect(Buffer.from(payload.subarray(node!.start! + 1, node!.end)).toString()).toBe('hello');
});

test('every kind of content of a real document is read to its end', () => {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  text.insert(0, 'bold', { bold: true });
  text.insertEmbed(4, { image: 'a.png' });
  doc.getMap('map').set('bytes', new Uint8Array([1, 2, 3]));
  doc.getMap('map').set('bytes', new Y.Map([['big', 2n ** 40n]]));
  doc.getMap('map').set('sub', new Y.Doc({ guid: 'other' }));
  doc.getArray('numbers').push([-1, 1e300, 0.5, 'ü', [], {}, null, false]);
  doc.getMap('map').set('nothing', undefined);
  text.delete(0, 2);
  const update = Y.encodeStateAsUpdate(doc);
  const size = update.length < 128 ? [update.length] : [(update.length & 127) | 128, update.length >> 7];
  const decoded = yjs.decode(Uint8Array.from([0, 2, ...size, ...update]), context());
  expect(decoded.problem).toBeUndefined();
  expect(decoded.summary).toMatch(/^update \d+ structs, \d+ deleted, /);
});

test('a large document is read without a problem, its tree says where it stops', () => {
  const doc = new Y.Doc();
  for (let i = 0; i < 4000; i++) doc.getMap('map').set(`key ${i}`, i);
  const update = Y.encodeStateAsUpdate(doc);
  const size = [(update.length & 127) | 128, ((update.length >> 7) & 127) | 128, update.length >> 14];
  const decoded = yjs.decode(Uint8Array.from([0, 2, ...size, ...update]), context());
  expect(decoded.problem).toBeUndefined();
  expect(decoded.tree.children?.().at(-1)?.value).toBe('more than 5000 fields, the rest is not shown');
});

test('a refused connection says why', () => {
  const reason = new TextEncoder().encode('no');
  const decoded = yjs.decode(Uint8Array.from([2, 0, 2, ...reason]), context());
  expect(decoded.summary).toBe('auth permission denied: no');
});

test('an update cut short shows what is there', () => {
  const { payload } = recording.messages[5]!;
  const decoded = yjs.decode(payload.subarray(0, payload.length - 3), context());
  expect(decoded.problem).toMatchObject({ at: payload.length - 6 });
  expect(decoded.kind).toBe('update');
});

test('long messages are Yjs if the length they begin with is right', () => {
  const sniff = (payload: Uint8Array) => yjs.sniff(context(), [{ direction: 'sent', text: false, payload }]).confidence;
  const doc = new Y.Doc();
  doc.getText('text').insert(0, 'long '.repeat(20_000));
  const update = Y.encodeStateAsUpdate(doc);
  const size = [(update.length & 127) | 128, ((update.length >> 7) & 127) | 128, update.length >> 14];
  expect(sniff(Uint8Array.from([0, 1, ...size, ...update]))).toBeGreaterThan(0.5);
  expect(sniff(new Uint8Array(200_000))).toBe(0);
  expect(sniff(Uint8Array.from([0, 1, ...new Uint8Array(200_000).fill(255)]))).toBe(0);
});
