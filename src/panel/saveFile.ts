/** Offers a file to be saved under a name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The browser reads it after the click; a minute is ample to have begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
