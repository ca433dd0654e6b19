import { describe, expect, it } from 'vitest';
import { parseStackLine } from './parseStackLine';

describe('parseStackLine', () => {
  it.each([
    ['    at connect (https://a.test/app.js:12:8)', 'connect', 'https://a.test/app.js', 12, 8],
    ['    at https://a.test/app.js:12:8', '', 'https://a.test/app.js', 12, 8],
    ['    at new Chat (http://127.0.0.1:8080/x.js?v=1:3:1)', 'new Chat', 'http://127.0.0.1:8080/x.js?v=1', 3, 1],
    ['connect@https://a.test/app.js:12:8', 'connect', 'https://a.test/app.js', 12, 8],
    ['@https://a.test/app.js:1:2', '', 'https://a.test/app.js', 1, 2],
  ])('reads %s', (text, name, url, line, column) => {
    expect(parseStackLine(text)).toEqual({ name, url, line, column });
  });

  it('gives null for what names no place', () => {
    expect(parseStackLine('Error')).toBeNull();
    expect(parseStackLine('    at <anonymous>')).toBeNull();
    expect(parseStackLine('')).toBeNull();
  });
});
