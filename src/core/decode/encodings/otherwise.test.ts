import { describe, expect, test } from 'vitest';
import { decodeOne } from '../testing/decoding';
import { base64 } from './base64';
import { bson } from './bson';
import { deflate } from './deflate';
import { file } from './file';
import { form } from './form';
import { gzip } from './gzip';
import { jwt } from './jwt';
import { protobuf } from './protobuf';
import { xml } from './xml';
import { zstd } from './zstd';

describe('on connections that mix text and binary', () => {
  test.each([bson, deflate, file, gzip, protobuf, zstd])(
    '$label shows JSON text between binary messages',
    (decoder) => {
      expect(decodeOne(decoder, '{"type":"hello"}')).toMatchObject({ kind: 'type:hello', summary: '{"type":"hello"}' });
      expect(decodeOne(decoder, '{"type":"hello"}').problem).toBeUndefined();
      expect(decodeOne(decoder, 'hello').problem).toBeUndefined();
      expect(decodeOne(decoder, '{"type":').problem).toBeDefined();
    },
  );

  test.each([base64, form, jwt, xml])('$label shows bytes between text messages', (decoder) => {
    const { summary, problem } = decodeOne(decoder, Uint8Array.of(0xff, 0, 1));
    expect([summary, problem]).toEqual(['ff 00 01', undefined]);
  });
});
