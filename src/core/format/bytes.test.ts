import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Length, decodeBase64, encodeBase64 } from './base64';
import { ByteWriter, CHUNK_BYTES } from './byte-writer';
import { isUtf8 } from './utf8';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true });
const decodes = (bytes: Uint8Array) => {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe('isUtf8', () => {
  it('agrees with the platform on any bytes, and on broken text', () => {
    const almost = fc.tuple(fc.string({ unit: 'binary' }), fc.nat(), fc.nat({ max: 255 })).map(([text, at, byte]) => {
      const bytes = new TextEncoder().encode(text.toWellFormed());
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    });
    const leads = fc.uint8Array({ minLength: 1, maxLength: 5 }).map((bytes) => bytes.map((byte) => byte | 0x80));
    fc.assert(
      fc.property(fc.oneof(almost, leads, fc.uint8Array()), (bytes) => {
        expect(isUtf8(bytes)).toBe(decodes(bytes));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('base64', () => {
  it('is what the platform writes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const out = new Uint8Array(base64Length(bytes.length));
        expect(encodeBase64(bytes, 0, bytes.length, out, 0)).toBe(out.length);
        const text = new TextDecoder().decode(out);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encoder.encode(text))).toEqual(bytes);
        expect(decodeBase64(encoder.encode(text.replaceAll('=', '')))).toEqual(bytes);
      }),
    );
  });

  it.each(['A', 'AA=A', 'A===', '====', 'AAAA=', 'AA A', 'AA-_', 'AAé='])('refuses %s', (text) => {
    expect(decodeBase64(encoder.encode(text))).toBeNull();
  });
});

describe('ByteWriter', () => {
  it('writes text as JSON strings that parse to the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = new ByteWriter();
        expect([...out.text(new TextEncoder().encode(text.toWellFormed()))]).toEqual([]);
        expect(JSON.parse(new TextDecoder().decode(out.take()))).toBe(text.toWellFormed());
      }),
    );
  });

  it('gives out chunks of bounded size while it writes one huge payload', () => {
    const payload = new Uint8Array(9 << 20).fill(1);
    for (const method of ['text', 'base64'] as const) {
      const out = new ByteWriter();
      const parts: Uint8Array[] = [];
      for (const part of out[method](payload)) parts.push(part.slice());
      parts.push(out.take());
      expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(3 * CHUNK_BYTES);
      const whole: unknown = JSON.parse(Buffer.concat(parts).toString());
      const expected = method === 'text' ? '\u0001'.repeat(payload.length) : Buffer.from(payload).toString('base64');
      expect(whole === expected).toBe(true);
    }
  });
});
