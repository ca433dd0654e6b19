const UNITS = { B: 1, kB: 1000, KB: 1000, KiB: 1024, MB: 1e6, MiB: 1024 ** 2, GB: 1e9, GiB: 1024 ** 3 };

/** The number before or after a word, thousands separated as the panel does; undefined where there is none. */
function numberAt(text, word) {
  const match = new RegExp(`([\\d.,\\s\\u00a0\\u202f]*\\d)\\s*${word}|${word}s?:?\\s*(\\d[\\d.,\\u00a0\\u202f]*)`, 'i').exec(text);
  const digits = (match?.[1] ?? match?.[2])?.replace(/\D/g, '');
  return digits ? Number(digits) : undefined;
}

/**
 * What the panel's status "Counts" says, as numbers.
 *
 * @param {string} text e.g. `1,204 frames · 9 connections · 1.2 MB`
 */
export function parseCounts(text) {
  const size = /([\d.,]+)\s*(B|kB|KB|KiB|MB|MiB|GB|GiB|bytes?)\b/.exec(text);
  const unit = size?.[2].startsWith('byte') ? 1 : UNITS[size?.[2]];
  return {
    frames: numberAt(text, 'frame') ?? 0,
    connections: numberAt(text, 'connection') ?? 0,
    bytes: size ? Number(size[1].replaceAll(',', '')) * unit : 0,
  };
}

/**
 * One line on what was recorded.
 *
 * @param before and `after` are counts, `seconds` apart
 */
export function describeGrowth(before, after, seconds) {
  const rate = (field) => Math.round((after[field] - before[field]) / seconds);
  const many = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
  return `${many(after.connections, 'connection')}, ${many(after.frames, 'frame')} (${many(rate('frames'), 'frame')} a second)`;
}
