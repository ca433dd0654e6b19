import { describe, expect, test } from 'vitest';
import { decodeOne, nodeAt, outline, samplesOf } from '../testing/decoding';
import { fuzzDecoder } from '../testing/mutate';
import { jwt } from './jwt';

// RFC 7519 §3.1.
const token =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('JWT', () => {
  test('shows header, claims with their times, and the signature', () => {
    const { tree, summary, problem, json } = decodeOne(jwt, token);
    expect(problem).toBeUndefined();
    expect(outline(tree)).toMatchObject({
      header: { typ: 'JWT', alg: 'HS256' },
      payload: { iss: 'joe', exp: '1300819380', 'http://example.com/is_root': 'true' },
    });
    expect(summary).toBe('JWT HS256 {iss: "joe", exp: 1300819380, http://example.com/is_root: true}');
    expect(nodeAt(tree, 'payload', 'exp').note).toBe('expires 2011-03-22T18:43:00.000Z');
    expect(nodeAt(tree, 'signature').bytes?.length).toBe(32);
    const { start, end } = nodeAt(tree, 'payload');
    expect(token.slice(start, end)).toBe(token.split('.')[1]);
    expect(json?.()).toMatchObject({ payload: { iss: 'joe' } });
  });

  test.each([
    ['abc', 'a token has three parts with dots between', 3],
    ['e30.!.x', 'the payload is not base64 of JSON', 4],
    ['e30.e30.!', 'the signature is not base64', 8],
  ])('says what is wrong with %s', (message, words, at) => {
    expect(decodeOne(jwt, message).problem).toEqual({ message: words, at });
  });

  test('is total on mutated input', () => {
    fuzzDecoder(jwt, [Buffer.from(token), Buffer.from('e30.e30.')], 3000);
  });

  test('is sure of tokens, not of other text with dots', () => {
    const context = { url: '', protocol: '' };
    expect(jwt.sniff(context, samplesOf(token)).confidence).toBeGreaterThan(0.9);
    expect(jwt.sniff(context, samplesOf('a.b.c', '1.2.3', 'eyJhIjoxfQ')).confidence).toBe(0);
  });
});
