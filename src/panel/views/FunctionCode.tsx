import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

interface FunctionCodeProps {
  code: string;
  /** The line in which something is wrong, from 1. */
  line: number | null;
  /** Is given what puts the caret into a line. */
  goToLine: RefObject<(line: number) => void> | { current: (line: number) => void };
  edit(code: string): void;
}

/** More lines are not numbered: each is something to draw. */
const MOST_NUMBERS = 5000;

/** A place to write a function, with numbers at its lines. Enter keeps the indentation. */
export function FunctionCode({ code, line, goToLine, edit }: FunctionCodeProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const count = useMemo(() => Math.min(MOST_NUMBERS, code.split('\n').length), [code]);
  useEffect(() => {
    goToLine.current = (wanted) => {
      const { current } = area;
      if (!current) return;
      const lines = current.value.split('\n');
      const start = lines.slice(0, wanted - 1).reduce((sum, text) => sum + text.length + 1, 0);
      current.focus();
      current.setSelectionRange(start, start + (lines[wanted - 1]?.length ?? 0));
      current.scrollTop = (wanted - 3) * (current.scrollHeight / Math.max(1, lines.length));
    };
  }, [goToLine]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.isComposing) return;
    const { current } = area;
    if (!current) return;
    const before = current.value.slice(0, current.selectionStart);
    const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(before)?.[1] ?? '';
    if (indent === '') return;
    event.preventDefault();
    // The only way that can be undone with Ctrl+Z.
    document.execCommand('insertText', false, `\n${indent}`);
  };
  return (
    <div class="function-code">
      <div class="function-lines" ref={numbers} aria-hidden="true">
        {Array.from({ length: count }, (_, i) => (
          <div key={i} class={i + 1 === line ? 'wrong' : ''}>
            {i + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label="Function"
        value={code}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => edit(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
