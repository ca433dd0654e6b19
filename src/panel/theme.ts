/**
 * Shows the colours of the DevTools around the panel. Outside of DevTools, those of the system.
 * @returns takes the theme in the browser's words, as the devtools page tells it
 */
export function followTheme(root: HTMLElement): (theme: unknown) => void {
  const scope = globalThis as {
    browser?: { devtools?: { panels?: { themeName?: string } } };
    chrome?: { devtools?: { panels?: { themeName?: string } } };
  };
  const apply = (theme: unknown): void => {
    if (typeof theme === 'string') root.dataset.theme = theme === 'dark' ? 'dark' : 'light';
  };
  apply((scope.browser?.devtools?.panels ?? scope.chrome?.devtools?.panels)?.themeName);
  return apply;
}
