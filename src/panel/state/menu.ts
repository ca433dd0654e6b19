import { signal } from '@preact/signals';

export type MenuEntry =
  | { type: 'separator' }
  | { type: 'heading'; label: string }
  | { type: 'item'; label: string; hint?: string; title?: string; disabled?: boolean; run(): void }
  | { type: 'checkbox' | 'radio'; label: string; checked: boolean; disabled?: boolean; stays?: boolean; run(): void };

export interface OpenMenu {
  /** Asked again after a choice that leaves the menu open. */
  entries(): MenuEntry[];
  label: string;
  x: number;
  y: number;
  /** Gets the focus back. */
  origin: HTMLElement | null;
}

export type Menu = ReturnType<typeof createMenu>;

/** The one menu that can be open. */
export function createMenu() {
  const current = signal<OpenMenu | null>(null);
  return {
    current,
    /** At the pointer, or beneath an element. */
    open(entries: MenuEntry[] | (() => MenuEntry[]), at: MouseEvent | HTMLElement, label = 'Menu') {
      const list = typeof entries === 'function' ? entries : () => entries;
      if (at instanceof HTMLElement) {
        const box = at.getBoundingClientRect();
        current.value = { entries: list, label, x: box.left, y: box.bottom, origin: at };
      } else {
        const origin = document.activeElement instanceof HTMLElement ? document.activeElement : null;
        current.value = { entries: list, label, x: at.clientX, y: at.clientY, origin };
      }
    },
    close() {
      const origin = current.peek()?.origin;
      current.value = null;
      origin?.focus({ preventScroll: true });
    },
  };
}
