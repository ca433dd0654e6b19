/** The name by which the styles know it. */
const NAME = 'framescope-match';

/** Paints what the filter matched, without touching the document: by the CSS Custom Highlight API. */
export class MatchHighlights {
  private find: ((text: string) => { start: number; end: number }[]) | null = null;
  private painted = false;

  /** @param find gives the ranges of a text; `null` for none at all */
  setFinder(find: ((text: string) => { start: number; end: number }[]) | null): void {
    this.find = find;
  }

  draw(texts: () => Iterable<Text>): void {
    if (!this.find) {
      if (this.painted) CSS.highlights?.delete(NAME);
      this.painted = false;
      return;
    }
    const highlight = new Highlight();
    for (const text of texts()) {
      for (const { start, end } of this.find(text.data)) {
        highlight.add(
          new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: end }),
        );
      }
    }
    CSS.highlights.set(NAME, highlight);
    this.painted = true;
  }
}
