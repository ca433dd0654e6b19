import { isRecord } from '../messages/rpc';
import { siteHost } from './siteHost';

/** Id of the one content script that is registered while the program runs. */
export const OFF_SCRIPT_ID = 'framescope-off';

/** What the settings are stored as in `storage.local`. */
export const SETTINGS_KEY = 'settings';

/** As `scripting.registerContentScripts` takes it. */
export interface OffScript {
  id: string;
  js: string[];
  matches: string[];
  runAt: 'document_start';
  allFrames: true;
  matchOriginAsFallback: true;
  persistAcrossSessions: true;
}

/** What of the settings decides where Framescope is off. */
export interface OffSettings {
  paused: boolean;
  /** Hosts, with or without a port, which is left out. */
  disabledSites: string[];
}

/**
 * The content script that undoes the patch before a page's first script, on the sites where it is to be off.
 * @returns `null` when it is off nowhere
 */
export function offScript({ paused, disabledSites }: OffSettings): OffScript | null {
  const matches = paused
    ? ['<all_urls>']
    : [...new Set(disabledSites.map(matchPattern))].filter((match) => match !== null);
  if (matches.length === 0) return null;
  return {
    id: OFF_SCRIPT_ID,
    js: ['scripts/off.js'],
    matches,
    runAt: 'document_start',
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  };
}

/**
 * @param message anything that came by `runtime.sendMessage`
 * @returns the settings it carries, or `null` if it is another message
 */
export function parseOffSettings(message: unknown): OffSettings | null {
  return isRecord(message) && message.framescope === 'sites' ? readOffSettings(message) : null;
}

/** @param stored anything; what is missing or not of its kind is as by default */
export function readOffSettings(stored: unknown): OffSettings {
  const { paused, disabledSites } = isRecord(stored) ? stored : {};
  return {
    paused: paused === true,
    disabledSites: Array.isArray(disabledSites) ? disabledSites.filter((site) => typeof site === 'string') : [],
  };
}

/** The part of the `scripting` API that {@link applyOff} needs. */
export interface Scripting {
  getRegisteredContentScripts(filter: { ids: string[] }): Promise<OffScript[]>;
  registerContentScripts(scripts: OffScript[]): Promise<void>;
  unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
}

/**
 * Makes the browser's registration what the settings ask for, from the next load of each page on. Browsers forget it
 * when the extension is updated: to be called at each start too.
 * @throws what the browser rejects it with
 */
export async function applyOff(settings: OffSettings, scripting: Scripting): Promise<void> {
  const ids = [OFF_SCRIPT_ID];
  const script = offScript(settings);
  const [registered = null] = await scripting.getRegisteredContentScripts({ ids });
  if (sameMatches(registered, script)) return;
  if (registered) await scripting.unregisterContentScripts({ ids });
  if (script) await scripting.registerContentScripts([script]);
}

function matchPattern(site: string): string | null {
  const host = siteHost(site);
  return host === null ? null : `*://${host}/*`;
}

const sameMatches = (one: OffScript | null, other: OffScript | null) => `${one?.matches}` === `${other?.matches}`;
