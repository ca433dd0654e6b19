import type { Panel } from '../state/panel';

/** Keys that work wherever the focus is, except in a dialog. */
export function handlePanelKey(event: KeyboardEvent, panel: Panel): void {
  if (document.querySelector('dialog[open]')) return;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
  if (command && key === 'f' && event.shiftKey) {
    event.preventDefault();
    panel.find.show();
  } else if (command && key === 'f' && !event.altKey) {
    event.preventDefault();
    panel.focusFilter.current();
  } else if (event.key === 'F3' || (command && key === 'g')) {
    event.preventDefault();
    void panel.find.next(event.shiftKey, panel.revealRow.current);
  } else if (command && (key === 'k' || key === 'l') && !event.shiftKey && !isEditing(event)) {
    event.preventDefault();
    panel.clear();
  } else if (command && key === 'j' && !event.shiftKey) {
    event.preventDefault();
    panel.layout.goToOpen.value = true;
  } else if (command && key === 'e' && !typing) {
    event.preventDefault();
    void panel.recording.toggle();
  } else if (event.key === 'Escape' && !typing && inDetail(event.target)) {
    event.preventDefault();
    panel.focusFrames.current();
  } else if (event.key === 'F6') {
    event.preventDefault();
    focusNextPart(event.shiftKey ? -1 : 1);
  }
}

/** Whether what is typed must be safe from the keys that clear. On a Mac Ctrl+K deletes to the end of a line. */
function isEditing({ target, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element && target.matches('textarea, input:not([type="checkbox"])'))) return false;
  return !target.closest('.filter-box') || (!metaKey && navigator.platform.startsWith('Mac'));
}

function inDetail(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.frame-detail, dialog')?.matches('.frame-detail') === true;
}

/** The parts of the panel in their order, each by what gets the focus in it. */
const PARTS = ['.toolbar', '.filter-bar', '.connections', '.connection-detail', '.frames', '.frame-detail', '.compose'];
const FOCUSABLE = 'button:not(:disabled), input, select, textarea, [tabindex="0"]';

function focusNextPart(step: number): void {
  const parts = PARTS.flatMap((selector) => {
    const part = document.querySelector(selector);
    const target =
      part?.querySelector<HTMLElement>(`[role="grid"][tabindex="0"], [role="row"][tabindex="0"]`) ??
      part?.querySelector<HTMLElement>(FOCUSABLE);
    return part && target ? [{ part, target }] : [];
  });
  const current = parts.findIndex(({ part }) => part.contains(document.activeElement));
  parts[(current + step + parts.length) % parts.length]?.target.focus();
}
