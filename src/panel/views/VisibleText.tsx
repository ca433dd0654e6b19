import { visibleParts } from '../text/visibleText';

/** Text of a page: isolated in its direction, with symbols for what would not be seen. */
export function VisibleText({ text }: { text: string }) {
  return (
    <bdi>
      {visibleParts(text).map((part, at) =>
        part.title ? (
          <span key={at} class="control" title={part.title}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}
