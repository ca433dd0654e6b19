import { gzipSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { innerPayload } from './inner-payload';
import { nodeAt } from './testing/decode-all';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** The inner bytes after three of the payload, as a protocol's header stands before them. */
const inner = (bytes: Uint8Array) => innerPayload('payload', Uint8Array.of(1, 2, 3, ...bytes), 3, 3 + bytes.length);

test('JSON is a value whose offsets count from the payload', () => {
  const { node, preview, value } = inner(utf8('{"a":[1,"x"]}'));
  expect(preview).toBe('{"a":[1,"x"]}');
  expect(value()).toEqual({ a: [1, 'x'] });
  expect(nodeAt(node, 'a', '1')).toMatchObject({ value: 'x', start: 11, end: 14 });
});

test('text is text', () => {
  expect(inner(utf8('hello\n')).node).toMatchObject({ type: 'string', value: 'hello\n', start: 3, end: 9 });
});

test('MessagePack is recognised, its offsets count from the payload', () => {
  const { node, value } = inner(encode({ sensor: 'roof', celsius: 21.5 }));
  expect(value()).toEqual({ sensor: 'roof', celsius: 21.5 });
  expect(node).toMatchObject({ name: 'payload', note: 'MessagePack', start: 3 });
  expect(nodeAt(node, 'sensor')).toMatchObject({ value: 'roof', start: 11, end: 16 });
});

test('gzip is opened', () => {
  const { node, value } = inner(gzipSync(utf8('{"celsius":21.5}')));
  expect(value()).toEqual({ celsius: 21.5 });
  expect(node.note).toMatch(/^gzip/);
});

test('bytes that look like nothing stay bytes', () => {
  const { node, preview } = inner(Uint8Array.of(0, 255, 1, 254));
  expect(preview).toBe('4 bytes: 00 ff 01 fe');
  expect(node).toMatchObject({ type: 'bytes', start: 3, end: 7 });
});

test('bytes kept of earlier messages give no offsets', () => {
  const source = utf8('{"a":1}');
  const { node } = innerPayload('payload', source, 0, source.length, 4);
  expect(node.start).toBeUndefined();
  expect(nodeAt(node, 'a')?.value).toBe('1');
  expect(nodeAt(node, 'a')?.start).toBeUndefined();
});
