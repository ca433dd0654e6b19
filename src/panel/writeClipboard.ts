/**
 * Puts text on the clipboard.
 * @throws {Error} when the browser forbids it both ways
 */
export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // DevTools panels have no permission for the asynchronous way in every browser.
    if (!copyByCommand(text)) throw new Error('The browser did not allow copying');
  }
}

function copyByCommand(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}
