import { expect, test } from 'vitest';
import { LateList } from './late-list';

test('gives back what was put in, from any place on', () => {
  const list = new LateList();
  expect(list.notes(0)).toEqual([]);
  const notes = Array.from({ length: 100 }, (_, i) => ({ type: 'late', frame: i * 3, offset: 4e9 + i, bytes: i }));
  for (const { frame, offset, bytes } of notes) list.push(frame, offset, bytes);
  expect(list.length).toBe(100);
  expect(list.notes(0)).toEqual(notes);
  expect(list.notes(98)).toEqual(notes.slice(98));
  expect(list.frame(99)).toBe(297);
});
