/** For `onKeyDown` of a dialog: Escape closes it, which DevTools takes for itself unless it is kept from there. */
export function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !(event.currentTarget instanceof HTMLDialogElement)) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.close();
}
