interface Panels {
  themeName?: string;
  setThemeChangeHandler?(handler: (theme: string) => void): void;
  onThemeChanged?: { addListener(listener: (theme: string) => void): void };
}

/**
 * Shows the colours of the DevTools around the panel. Outside of DevTools, those of the system.
 * @returns takes a theme that was told otherwise
 */
export function followTheme(root: HTMLElement): (theme: string | undefined) => void {
  const scope = globalThis as {
    browser?: { devtools?: { panels?: Panels } };
    chrome?: { devtools?: { panels?: Panels } };
  };
  const panels = scope.browser?.devtools?.panels ?? scope.chrome?.devtools?.panels;
  const apply = (theme: string | undefined): void => {
    if (theme) root.dataset.theme = theme === 'dark' ? 'dark' : 'light';
  };
  if (!panels) return apply;
  apply(panels.themeName);
  // Firefox has the event, Chromium the handler.
  if (panels.onThemeChanged) panels.onThemeChanged.addListener(apply);
  else panels.setThemeChangeHandler?.(apply);
  return apply;
}
