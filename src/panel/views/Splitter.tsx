import type { Signal } from '@preact/signals';

interface SplitterProps {
  label: string;
  /** Direction in which it is dragged. */
  axis: 'x' | 'y';
  size: Signal<number>;
  /** Whether dragging on makes the sized pane (before the splitter: `after`) larger or smaller. */
  grows: 'before' | 'after';
  least?: number;
}

const STEP = 16;

/** The border between two panes, dragged by pointer or moved by the arrow keys. */
export function Splitter({ label, axis, size, grows, least = 80 }: SplitterProps) {
  const sign = grows === 'after' ? 1 : -1;
  const most = (): number => Math.max(least, (axis === 'x' ? window.innerWidth : window.innerHeight) - 120);
  const set = (value: number): void => {
    size.value = Math.round(Math.max(least, Math.min(most(), value)));
  };

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    const start = axis === 'x' ? event.clientX : event.clientY;
    const before = size.peek();
    const end = new AbortController();
    const { signal } = end;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener(
      'pointermove',
      (move) => set(before + sign * ((axis === 'x' ? move.clientX : move.clientY) - start)),
      { signal },
    );
    handle.addEventListener('lostpointercapture', () => end.abort(), { signal });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key === less) set(size.peek() - sign * STEP);
    else if (event.key === more) set(size.peek() + sign * STEP);
    else if (event.key === 'Home') set(least);
    else if (event.key === 'End') set(most());
    else return;
    event.preventDefault();
  }

  return (
    <div
      class={`splitter ${axis}`}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size.value}
      aria-valuemin={least}
      aria-valuemax={Math.max(most(), size.value)}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
