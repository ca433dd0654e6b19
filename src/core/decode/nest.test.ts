import { encode } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cbor2';
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { json } from './encodings/json';
import { msgpack } from './encodings/msgpack';
import { decodeValue, nested } from './nest';
import { socketIo } from './protocols/socketio';
import { decodeOne, nodeAt, outline } from './testing/decoding';
import type { DecodeContext, DecodedNode } from './types';

const context: DecodeContext = { url: '', protocol: '', direction: 'received', text: true, state: {} };
const open = (tree: DecodedNode) => nested(tree, context);
const bytes = (text: string) => new TextEncoder().encode(text);

test('gzip in MessagePack in Socket.IO is opened', () => {
  const inner = gzipSync(bytes('{"price":1.5}'));
  const packet = encode({ type: 2, data: ['trade', encode({ zipped: inner })], nsp: '/' });
  const tree = open(decodeOne(socketIo, packet).tree);
  const value = nodeAt(tree, 'data', '1');
  expect(value.note).toBe('MessagePack');
  expect(nodeAt(value, 'zipped').note).toBe('gzip');
  expect(nodeAt(value, 'zipped', 'content', 'price').value).toBe('1.5');
});

test('CBOR in base64 in JSON is opened, with no byte ranges that do not count', () => {
  const inner = btoa(String.fromCharCode(...encodeCbor({ list: [1, 2, 3], name: 'some words' })));
  const tree = open(decodeOne(json, JSON.stringify({ data: inner })).tree);
  expect(outline(nodeAt(tree, 'data', 'content'))).toEqual({ list: { 0: '1', 1: '2', 2: '3' }, name: 'some words' });
  expect(nodeAt(tree, 'data', 'content', 'name').start).toBeUndefined();
  expect(nodeAt(tree, 'data').start).toBe(8);
});

test('a token in JSON is opened', () => {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  const token = `${part({ alg: 'HS256' })}.${part({ sub: 'me' })}.c2lnbmF0dXJl`;
  const tree = open(decodeOne(json, JSON.stringify({ token })).tree);
  expect(nodeAt(tree, 'token').note).toBe('JWT');
  expect(nodeAt(tree, 'token', 'payload', 'sub').value).toBe('me');
});

test('words, ids and random bytes are left alone', () => {
  const plain = {
    word: 'heartbeatheartbeatheartbeat',
    id: '3f2504e04f8941d39a0c0305e82c3301',
    path: '/a/b/c/d/e/f/g/h/i/j/k/l/m',
  };
  const texts = open(decodeOne(json, JSON.stringify(plain)).tree);
  for (const name of Object.keys(plain)) expect(nodeAt(texts, name).children).toBeUndefined();
  const raw = open(decodeOne(msgpack, encode({ raw: Uint8Array.of(0xff, 0x12, 0x99, 0x01, 0x7f) })).tree);
  expect(nodeAt(raw, 'raw').children).toBeUndefined();
});

test('nesting is bounded', () => {
  let value: Uint8Array = encode({ end: 'the very end of it all' });
  for (let i = 0; i < 12; i++) value = encode({ inner: value });
  let node = open(decodeOne(msgpack, value).tree);
  let levels = 0;
  while (node.children) {
    node = nodeAt(node, 'inner');
    levels++;
  }
  expect(levels).toBe(7);
});

test('a value is decoded as what the user chooses', () => {
  const { tree } = decodeOne(json, '{"data":"[1,2"}');
  const decoded = decodeValue(nodeAt(tree, 'data'), json, context);
  expect(decoded?.problem?.message).toContain('the text ends');
  expect(decodeValue(tree, json, context)).toBeUndefined();
});
