import browser from 'webextension-polyfill';
import type { RingPolicy } from '../core/messages/recorder';
import { DEFAULT_RING, readRing } from '../core/messages/ring';
import { isRecord } from '../core/messages/rpc';
import { readOffSettings, SETTINGS_KEY } from '../core/sites/offScript';

/** What the user chose, kept for all DevTools and all time. */
export interface Settings {
  keepLog: boolean;
  memoryOnly: boolean;
  paused: boolean;
  disabledSites: string[];
  ring: RingPolicy;
  stacks: boolean;
}

const DEFAULTS: Settings = {
  keepLog: false,
  memoryOnly: false,
  paused: false,
  disabledSites: [],
  ring: DEFAULT_RING,
  stacks: false,
};

/** @returns what was stored, with the default in the place of anything that is missing or not of its kind */
export async function loadSettings(): Promise<Settings> {
  const stored = (await browser.storage.local.get(SETTINGS_KEY))[SETTINGS_KEY];
  return readSettings(stored);
}

/** What was saved here and was not yet heard of by the browser, oldest first. */
let own: string[] = [];

export async function saveSettings(settings: Settings): Promise<void> {
  own.push(JSON.stringify(readSettings(settings)));
  await browser.storage.local.set({ [SETTINGS_KEY]: settings });
}

/** @param changed is told when another DevTools changed them: what was saved here may have changed again since */
export function watchSettings(changed: (settings: Settings) => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local' || !(SETTINGS_KEY in changes)) return;
    const settings = readSettings(changes[SETTINGS_KEY].newValue);
    const at = own.indexOf(JSON.stringify(settings));
    own = own.slice(at + 1 || own.length);
    if (at < 0) changed(settings);
  });
}

/** @param stored anything */
export function readSettings(stored: unknown): Settings {
  if (!isRecord(stored)) return { ...DEFAULTS };
  const flag = (value: unknown, otherwise: boolean) => (typeof value === 'boolean' ? value : otherwise);
  return {
    keepLog: flag(stored.keepLog, DEFAULTS.keepLog),
    memoryOnly: flag(stored.memoryOnly, DEFAULTS.memoryOnly),
    ...readOffSettings(stored),
    stacks: flag(stored.stacks, DEFAULTS.stacks),
    ring: readRing(stored),
  };
}
