import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from './prettyJson';

describe('prettyJson', () => {
  it('lays out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps what a parser would lose', () => {
    expect(prettyJson('{"a":12345678901234567890, "a":1.0,"b":"\\u00e9"}')).toBe(
      '{\n  "a": 12345678901234567890,\n  "a": 1.0,\n  "b": "\\u00e9"\n}',
    );
  });

  it('keeps a byte order mark, which no parser takes', () => {
    expect(prettyJson('\ufeff[1]\n')).toBe('\ufeff[\n  1\n]');
  });

  it('leaves what is no JSON', () => {
    expect(prettyJson('hello')).toBeNull();
    expect(prettyJson('{"cut": [1,')).toBeNull();
    expect(prettyJson(']{')).toBeNull();
  });
});
