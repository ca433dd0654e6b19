import { brotliCompressSync } from 'node:zlib';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { serialize } from 'bson';
import { encode as encodeCbor } from 'cbor2';
import { deflateSync, gzipSync, zlibSync } from 'fflate';

/** Messages of a connection, the decoder that is right for them, and what they are. */
type Encoded = [decoder: string, name: string, messages: (string | Uint8Array)[]];

const encoder = new TextEncoder();
const ticks = Array.from({ length: 6 }, (_, i) => ({
  type: 'tick',
  symbol: 'AU',
  price: 2650.5 + i,
  at: 1795221911000 + i,
  tags: ['spot', `lot ${i}`],
}));
const texts = ticks.map((tick) => JSON.stringify(tick));
const bytes = texts.map((text) => encoder.encode(text));

const base64 = (data: Uint8Array) => btoa(String.fromCharCode(...data));
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function order(i: number): Uint8Array {
  const item = new BinaryWriter().uint32(10).string('tea').uint32(16).uint32(i);
  return new BinaryWriter()
    .uint32(8)
    .uint32(1000 + i)
    .uint32(18)
    .string('Ada')
    .uint32(26)
    .bytes(item.finish())
    .finish();
}

/** Begins with the byte that is a code of Colyseus. */
function named(price: number, i: number): Uint8Array {
  return new BinaryWriter()
    .uint32(10)
    .string('BTC-USD')
    .uint32(17)
    .double(price)
    .uint32(25)
    .double(0.25)
    .uint32(32)
    .uint32(i)
    .finish();
}

/** Frames of `{"type":"tick","n":0}` and so on, by the reference program. */
const ZSTD = [
  'KLUv/QRYqQAAeyJ0eXBlIjoidGljayIsIm4iOjB9sQD/Qg==',
  'KLUv/QRYqQAAeyJ0eXBlIjoidGljayIsIm4iOjF9861fRw==',
  'KLUv/QRYqQAAeyJ0eXBlIjoidGljayIsIm4iOjJ91QnexA==',
];

/** Connections of every encoding, without a protocol. */
export const ENCODED_CORPUS: Encoded[] = [
  ['msgpack', 'objects in MessagePack', ticks.map((tick) => encodeMsgpack(tick))],
  ['cbor', 'objects in CBOR', ticks.map((tick) => encodeCbor(tick))],
  ['bson', 'documents in BSON', ticks.map((tick) => serialize(tick))],
  ['protobuf', 'orders in Protobuf', ticks.map((_, i) => order(i))],
  ['protobuf', 'prices in Protobuf, a name first', ticks.map(({ price }, i) => named(price, i))],
  ['gzip', 'JSON in gzip', bytes.map((data) => gzipSync(data))],
  ['gzip', 'JSON requests, answers in gzip', [texts[0], gzipSync(bytes[1]), texts[2], gzipSync(bytes[3])]],
  ['deflate', 'JSON in zlib', bytes.map((data) => zlibSync(data))],
  ['deflate', 'JSON in raw deflate', bytes.map((data) => deflateSync(data))],
  ['zstd', 'JSON in Zstandard', ZSTD.map((text) => latin1(atob(text)))],
  ['brotli', 'JSON in Brotli', bytes.map((data) => Uint8Array.from(brotliCompressSync(data)))],
  ['base64', 'JSON in base64', bytes.map(base64)],
  ['base64', 'Brotli in base64', bytes.map((data) => base64(Uint8Array.from(brotliCompressSync(data))))],
  ['base64', 'gzip in base64', bytes.map((data) => base64(gzipSync(data)))],
  ['jwt', 'tokens', ticks.map((tick) => token({ alg: 'HS256', typ: 'JWT' }, tick))],
  ['form', 'forms', ['user=Ada+L&room=1', 'room=1&text=a%20b', 'x=1']],
  ['xml', 'documents', ['<?xml version="1.0"?>\n<feed><tick price="1"/></feed>', '<feed>\n  <tick/>\n</feed>\n']],
  [
    'file',
    'pictures of a camera',
    [0, 1, 2].map((i) => latin1(`\xff\xd8\xff\xe0\0\x10JFIF\0\x01${'\xa3'.repeat(50 + i)}`)),
  ],
  [
    'file',
    'a film in pieces',
    ['ftypiso5', 'moof\0\0\0\x10', 'moof\0\0\0\x20'].map((box) => latin1(`\0\0\0\x18${box}`)),
  ],
];

function token(header: object, claims: object): string {
  const part = (value: object) => base64(encoder.encode(JSON.stringify(value))).replaceAll('=', '');
  return [part(header), part(claims), base64(gzipSync(encoder.encode('signature'))).replaceAll('=', '')]
    .join('.')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
