import { expect, it, vi } from 'vitest';
import { momentText } from './momentText';

it('writes counts as all of the panel does, whatever the language of the browser', () => {
  vi.spyOn(Number.prototype, 'toLocaleString').mockReturnValue('12.345');
  const moment = { time: 0, receivedFrames: 12_345.4, receivedBytes: 10, sentFrames: 2.5, sentBytes: 20 };
  expect(momentText(moment)).toMatch(/ received 12,345\/s, 10 B\/s · sent 2\.5\/s, 20 B\/s$/);
  vi.restoreAllMocks();
});
