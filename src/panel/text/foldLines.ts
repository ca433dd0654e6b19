/** A line of laid out text. */
export interface FoldLine {
  text: string;
  /** Index of the line that ends what begins here; -1 where nothing can be folded. */
  end: number;
}

/** The lines of JSON that {@link prettyJson} laid out, each with what can be folded behind it. */
export function foldLines(pretty: string): FoldLine[] {
  const lines = pretty.split('\n').map((text): FoldLine => ({ text, end: -1 }));
  const open: number[] = [];
  lines.forEach(({ text }, at) => {
    // What closes stands first on its line, what opens last, and both never on one line.
    if (/^ *[\]}]/.test(text)) {
      const begin = open.pop();
      if (begin !== undefined) lines[begin].end = at;
    } else if (/[[{]$/.test(text)) open.push(at);
  });
  return lines;
}
