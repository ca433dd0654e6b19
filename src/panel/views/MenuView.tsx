import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Menu, MenuEntry, OpenMenu } from '../state/menu';

const ROLES = { item: 'menuitem', checkbox: 'menuitemcheckbox', radio: 'menuitemradio' } as const;

/** The menu that is open, if one is. */
export function MenuView({ menu }: { menu: Menu }) {
  const open = menu.current.value;
  return open && <MenuPopup key={open.x + open.y * 10_000} menu={menu} open={open} />;
}

function MenuPopup({ menu, open }: { menu: Menu; open: OpenMenu }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = element.current!.getBoundingClientRect();
    element.current!.style.left = `${Math.max(2, Math.min(open.x, window.innerWidth - box.width - 4))}px`;
    element.current!.style.top = `${Math.max(2, Math.min(open.y, window.innerHeight - box.height - 4))}px`;
    itemsOf(element.current!)[0]?.focus({ preventScroll: true });
  }, [open.x, open.y]);
  useEffect(() => {
    const outside = (event: Event): void => {
      if (event.target instanceof Node && element.current?.contains(event.target)) return;
      menu.current.value = null;
    };
    const away = (): void => {
      menu.current.value = null;
    };
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('blur', away);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('blur', away);
      window.removeEventListener('resize', away);
    };
  }, [menu]);

  function onKeyDown(event: KeyboardEvent): void {
    const items = itemsOf(element.current!);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = (index: number): void => items[(index + items.length) % items.length]?.focus();
    if (event.key === 'ArrowDown') to(at + 1);
    else if (event.key === 'ArrowUp') to(at < 0 ? -1 : at - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') menu.close();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase();
      const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      order.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div ref={element} class="menu" role="menu" aria-label={open.label} tabIndex={-1} onKeyDown={onKeyDown}>
      {open.entries().map((entry, at) => (
        <Entry key={at} menu={menu} open={open} entry={entry} />
      ))}
    </div>
  );
}

function Entry({ menu, open, entry }: { menu: Menu; open: OpenMenu; entry: MenuEntry }) {
  if (entry.type === 'separator') return <div class="menu-separator" role="separator" />;
  if (entry.type === 'heading')
    return (
      <div class="menu-heading" role="presentation">
        {entry.label}
      </div>
    );
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only what can be checked has aria-checked
    <button
      type="button"
      role={ROLES[entry.type]}
      class="menu-item"
      aria-checked={entry.type === 'item' ? undefined : entry.checked}
      aria-disabled={entry.disabled || undefined}
      title={entry.type === 'item' ? entry.title : undefined}
      tabIndex={-1}
      onPointerEnter={(event) => (event.currentTarget as HTMLElement).focus({ preventScroll: true })}
      onClick={() => {
        if (entry.disabled) return;
        if (entry.type !== 'item' && entry.stays) {
          entry.run();
          // The same menu with what the choice changed.
          menu.current.value = { ...open };
        } else {
          menu.close();
          entry.run();
        }
      }}
    >
      <span class="menu-check" aria-hidden="true">
        {entry.type !== 'item' && entry.checked ? (entry.type === 'radio' ? '●' : '✓') : ''}
      </span>
      <span class="menu-label">{entry.label}</span>
      {entry.type === 'item' && entry.hint && (
        <span class="menu-hint" aria-hidden="true">
          {entry.hint}
        </span>
      )}
    </button>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}
