import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from '../driver';

/**
 * Writes the first preferences of a Chromium profile; an existing profile keeps its own. DevTools is undocked, for a
 * docked one is too narrow to show an extension's tab, and wide enough from the start.
 */
export function writePreferences(profileDir: string, options: LaunchOptions): void {
  const path = join(profileDir, 'Default', 'Preferences');
  if (existsSync(path)) return;
  mkdirSync(join(profileDir, 'Default'), { recursive: true });
  const devtools = { currentDockState: '"undocked"', ...(options.theme ? { 'ui-theme': `"${options.theme}"` } : {}) };
  const placement = { left: 0, top: 0, right: devtoolsSize.width, bottom: devtoolsSize.height, maximized: false };
  const own = {
    devtools: { preferences: devtools },
    // Chromium disables an unpacked extension that is reloaded, unless its developer mode is on.
    extensions: { ui: { developer_mode: true } },
    ...(options.locale ? { intl: { accept_languages: options.locale } } : {}),
    browser: { app_window_placement: { DevToolsApp: placement } },
  };
  writeFileSync(path, JSON.stringify(merged(own, options.prefs ?? {})));
}

/** Size of a DevTools window when it opens, in CSS pixels. */
export const devtoolsSize = { width: 1280, height: 800 };

type Tree = Record<string, unknown>;

function merged(base: Tree, more: Tree): Tree {
  const result: Tree = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const old = result[key];
    result[key] = isTree(old) && isTree(value) ? merged(old, value) : value;
  }
  return result;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
