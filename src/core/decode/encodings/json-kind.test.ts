import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, decodeOne } from '../testing/decoding';
import { json } from './json';

const object = fc.dictionary(
  fc.oneof(fc.constantFrom('type', 'op', 'event', 'e', 'msg', 'é', 'a"b', 'a\\b'), fc.string()),
  fc.oneof(fc.constantFrom('trade', 'naïve', 5, 'two words', '\\', '"'), fc.jsonValue()),
);

test('the kind alone is the kind that decoding gives, also of what is cut off', () => {
  fc.assert(
    fc.property(fc.oneof(object, fc.array(object), fc.jsonValue()), fc.nat(30), (value, cut) => {
      const text = JSON.stringify(value);
      for (const each of [text, ` \n${text}`, text.slice(0, -cut || undefined), `${text}\n${text}`]) {
        const alone = json.kindAlone?.(bytesOf(each));
        if (alone !== undefined) expect(alone).toBe(decodeOne(json, each).kind);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is neither object nor array has to be decoded', () => {
  for (const text of ['', 'ping', '5', '"a"']) expect(json.kindAlone?.(bytesOf(text))).toBeUndefined();
});
