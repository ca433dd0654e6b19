/**
 * What the panel's status "Counts" says, as numbers.
 *
 * @param {string} text e.g. `1,204 frames · 9 connections · 1.2 MB · 3 dropped`
 */
export function parseCounts(text) {
  const numberBefore = (word) => {
    const match = new RegExp(`(\\d[\\d,]*) ${word}`).exec(text);
    return match ? Number(match[1].replaceAll(',', '')) : 0;
  };
  return { frames: numberBefore('frame'), connections: numberBefore('connection'), dropped: numberBefore('dropped') };
}

/**
 * One line on what was recorded: `2 connections, 4,100 frames (2,000 a second)`.
 *
 * @param before counts
 * @param after counts, `seconds` later
 */
export function describeGrowth(before, after, seconds) {
  const many = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
  const rate = Math.round((after.frames - before.frames) / seconds).toLocaleString('en');
  const dropped = after.dropped > 0 ? `, ${after.dropped.toLocaleString('en')} dropped` : '';
  return `${many(after.connections, 'connection')}, ${many(after.frames, 'frame')} (${rate} a second)${dropped}`;
}
