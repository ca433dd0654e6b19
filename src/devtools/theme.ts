interface Panels {
  themeName?: string;
  setThemeChangeHandler?(handler: (theme: string) => void): void;
  onThemeChanged?: { addListener(listener: (theme: string) => void): void };
}

/** The theme of DevTools, in the browser's words. */
export interface DevtoolsTheme {
  now(): string | undefined;
  onChange(listener: (theme: string) => void): void;
}

/**
 * Follows the theme of DevTools on behalf of the panel: Chromium tells a page the theme from when DevTools opened, and changes only
 * from when it hears that the page listens, which a panel's page may do too late.
 */
export function followTheme(panels: Panels): DevtoolsTheme {
  let theme = panels.themeName;
  const listeners: ((theme: string) => void)[] = [];
  const changed = (name: string): void => {
    theme = name;
    for (const listener of listeners) listener(name);
  };
  // Firefox has the event, Chromium the handler.
  if (panels.onThemeChanged) panels.onThemeChanged.addListener(changed);
  else panels.setThemeChangeHandler?.(changed);
  return { now: () => theme, onChange: (listener) => void listeners.push(listener) };
}
