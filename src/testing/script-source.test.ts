import { describe, expect, it } from 'vitest';
import { callSource } from './script-source';

const run = (source: string): unknown => new Function(`return ${source}`)();

describe('callSource', () => {
  it('calls a function with its argument, and without one', () => {
    expect(run(callSource((value: { a: string }) => value.a, { a: '"\u2028' }))).toBe('"\u2028');
    expect(run(callSource((value: unknown) => value === undefined))).toBe(true);
  });

  it('leaves an expression as it is', () => {
    expect(callSource('1 + 1')).toBe('1 + 1');
  });

  it('stands in for the helper that compilers wrap functions in', () => {
    const compiled = 'value => { const inner = __name(() => value, "inner"); return inner() }';
    const wrapped = Object.assign(() => undefined, { toString: () => compiled });
    expect(run(callSource(wrapped as () => unknown, 3))).toBe(3);
  });
});
