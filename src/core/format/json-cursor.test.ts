import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonCursor, parseJson } from './json-cursor';
import { anySizes, inPieces } from './testing/sessions';

const encode = (text: string) => new TextEncoder().encode(text);

/** Rebuilds a value by walking into every container. */
async function walk(cursor: JsonCursor): Promise<unknown> {
  const byte = await cursor.peek();
  if (byte === 0x7b) {
    const entries: [string, unknown][] = [];
    await cursor.enterObject('it');
    for (let key = await cursor.key(); key !== null; key = await cursor.key()) entries.push([key, await walk(cursor)]);
    return Object.fromEntries(entries);
  }
  if (byte === 0x5b) {
    const items: unknown[] = [];
    await cursor.enterArray('it');
    while (await cursor.item()) items.push(await walk(cursor));
    return items;
  }
  return parseJson(await cursor.value(), () => 'it');
}

const json = fc.json({ stringUnit: 'binary' });

describe('JsonCursor', () => {
  it('walks to the same value that JSON.parse gives, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.constantFrom(undefined, 1, '\t'), anySizes, async (text, space, sizes) => {
        const value: unknown = JSON.parse(text);
        const cursor = new JsonCursor(inPieces(encode(JSON.stringify([value], null, space)), sizes));
        expect(await walk(cursor)).toEqual([value]);
        await cursor.finish();
      }),
    );
  });

  it('takes and skips whole values, and stands right behind them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { maxLength: 6 }), anySizes, async (texts, sizes) => {
        const cursor = new JsonCursor(inPieces(encode(`[${texts.join(' ,')}]`), sizes));
        await cursor.enterArray('it');
        for (const [i, text] of texts.entries()) {
          expect(await cursor.item()).toBe(true);
          if (i % 2 === 0) await cursor.skip();
          else expect(parseJson(await cursor.value(), () => 'it')).toEqual(JSON.parse(text));
        }
        expect(await cursor.item()).toBe(false);
        await cursor.finish();
      }),
    );
  });

  it('reads a value of many chunks in time that grows with its size only', async () => {
    const text = JSON.stringify(['x'.repeat(24 << 20)]);
    const cursor = new JsonCursor(inPieces(encode(text), [1 << 14]));
    await cursor.enterArray('it');
    await cursor.item();
    expect((await cursor.value()).length).toBe(text.length - 2);
  });

  it.each(['[1,]', '[,1]', '[1 2]', '[}', '{"a" 1}', '{a:1}', '{"a":}', '{"a":1,}', '[tru]', '["\u0001"]'])(
    'refuses %s',
    async (text) => {
      await expect(walk(new JsonCursor(inPieces(encode(text))))).rejects.toThrow(/\(/);
    },
  );
});
