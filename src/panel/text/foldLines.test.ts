import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldLines } from './foldLines';
import { prettyJson } from './prettyJson';

it('folds objects and lists from where they open to where they end', () => {
  const lines = foldLines(prettyJson('{"a":[1,{"b":"{"}],"c":{},"d":"]"}') ?? '');
  expect(lines.map(({ text, end }) => [text.trim(), end])).toEqual([
    ['{', 9],
    ['"a": [', 6],
    ['1,', -1],
    ['{', 5],
    ['"b": "{"', -1],
    ['}', -1],
    ['],', -1],
    ['"c": {},', -1],
    ['"d": "]"', -1],
    ['}', -1],
  ]);
});

it('folds whole values in any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const pretty = prettyJson(JSON.stringify(value));
      if (pretty === null) return;
      const lines = foldLines(pretty);
      lines.forEach(({ text, end }, at) => {
        if (end < 0) return;
        const body = lines.slice(at, end + 1).map((line) => line.text);
        body[0] = text.slice(-1);
        const whole = body.join('\n').replace(/,$/, '');
        expect(() => JSON.parse(whole)).not.toThrow();
      });
    }),
  );
});
