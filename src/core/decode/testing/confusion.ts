/** A connection whose decoder is known, and the decoder that was chosen. */
export interface Recognition {
  right: string;
  chosen: string;
  /** Which connection. */
  of: string;
  reason: string;
}

/** The connections for which another decoder was chosen, in words. */
export function wrong(all: Recognition[]): string[] {
  return all
    .filter(({ right, chosen }) => right !== chosen)
    .map(({ right, chosen, of, reason }) => `${of}: ${chosen} (${reason}) instead of ${right}`);
}

/** How many connections of each decoder's (rows) were taken for which decoder's (columns). */
export function confusionTable(all: Recognition[]): string {
  const names = [...new Set(all.flatMap(({ right, chosen }) => [right, chosen]))].toSorted();
  const width = Math.max(...names.map((name) => name.length));
  const header = `${' '.repeat(width)}  ${names.map((_, i) => String(i + 1).padStart(2)).join(' ')}`;
  const rows = names.map((right, i) => {
    const cells = names.map((chosen) => {
      const count = all.filter((one) => one.right === right && one.chosen === chosen).length;
      return (count === 0 ? '·' : String(count)).padStart(2);
    });
    return `${right.padEnd(width)}  ${cells.join(' ')}  ${i + 1}`;
  });
  return [header, ...rows].join('\n');
}
