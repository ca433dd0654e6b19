interface Panels {
  themeName?: string;
  setThemeChangeHandler?(handler: (theme: string) => void): void;
  onThemeChanged?: { addListener(listener: (theme: string) => void): void };
}

/**
 * Follows the theme of DevTools for panels that are made later: Chromium tells a page the theme from when DevTools opened, and changes
 * only while the page is there.
 * @returns the theme now, in the browser's words
 */
export function followTheme(panels: Panels): () => string | undefined {
  let theme = panels.themeName;
  const changed = (name: string): void => {
    theme = name;
  };
  // Firefox has the event, Chromium the handler.
  if (panels.onThemeChanged) panels.onThemeChanged.addListener(changed);
  else panels.setThemeChangeHandler?.(changed);
  return () => theme;
}
