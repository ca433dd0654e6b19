import { describe, expect, it } from 'vitest';
import { keyActions, typingActions } from './keys';

const written = (keys: string) =>
  keyActions(keys).map(({ type, value }) => `${type === 'keyDown' ? '+' : '-'}${value}`);

describe('keyActions', () => {
  it('holds modifiers around the key', () => {
    expect(written('Control+Shift+a')).toEqual(['+\uE009', '+\uE008', '+a', '-a', '-\uE008', '-\uE009']);
  });

  it('takes a plus as a key', () => {
    expect(written('+')).toEqual(['++', '-+']);
    expect(written('Control++')).toEqual(['+\uE009', '++', '-+', '-\uE009']);
  });

  it('refuses a key it does not know', () => {
    expect(() => keyActions('Control+Foo')).toThrow('Unknown key Foo');
  });
});

describe('typingActions', () => {
  it('keeps a character beyond the basic plane whole', () => {
    expect(typingActions('a😀')).toHaveLength(4);
  });
});
