import { describe, expect, it } from 'vitest';
import { visibleLine, visibleParts } from './visibleText';

describe('visibleLine', () => {
  it('leaves plain text alone', () => {
    expect(visibleLine('plain — “text” 漢字 مرحبا')).toEqual({ text: 'plain — “text” 漢字 مرحبا', title: '' });
  });

  it('shows control characters as symbols and names them', () => {
    expect(visibleLine('a\nb\tc\0d')).toEqual({
      text: 'a␊b␉c␀d',
      title: 'Contains U+000A LF, U+0009 TAB, U+0000 NUL',
    });
  });

  it('shows what would turn the text around or not be seen', () => {
    expect(visibleLine('\u202eabc\u200b').text).toBe('▯abc▯');
    expect(visibleLine('\u202eabc').title).toContain('right-to-left override');
  });

  it('keeps pictures that are joined of several', () => {
    expect(visibleLine('👩‍👩‍👧').text).toBe('👩‍👩‍👧');
    expect(visibleLine('👩🏽‍🚀').text).toBe('👩🏽‍🚀');
    expect(visibleLine('a\u200db').text).toBe('a▯b');
  });
});

describe('visibleParts', () => {
  it('gives back all of the text, line breaks as they are', () => {
    expect(visibleParts('a\nb\u0007c')).toEqual([
      { text: 'a\nb', title: '' },
      { text: '␇', title: 'U+0007 BEL' },
      { text: 'c', title: '' },
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(visibleParts('')).toEqual([]);
  });
});
