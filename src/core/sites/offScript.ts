import { isRecord } from '../messages/rpc';

/** Id of the one content script that is registered while the program runs. */
export const OFF_SCRIPT_ID = 'framescope-off';

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
  /** Hosts, with or without a port: match patterns know no port, so it is left out. */
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
  if (!isRecord(message) || message.framescope !== 'sites' || !Array.isArray(message.disabledSites)) return null;
  return {
    paused: message.paused === true,
    disabledSites: message.disabledSites.filter((site) => typeof site === 'string'),
  };
}

/** The part of the `scripting` API that {@link applyOff} needs. */
export interface Scripting {
  getRegisteredContentScripts(filter: { ids: string[] }): Promise<unknown[]>;
  registerContentScripts(scripts: OffScript[]): Promise<void>;
  unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
}

/**
 * Makes the browser's registration what the settings ask for, from the next load of each page on.
 * @throws what the browser rejects it with
 */
export async function applyOff(settings: OffSettings, scripting: Scripting): Promise<void> {
  const ids = [OFF_SCRIPT_ID];
  if ((await scripting.getRegisteredContentScripts({ ids })).length > 0)
    await scripting.unregisterContentScripts({ ids });
  const script = offScript(settings);
  if (script) await scripting.registerContentScripts([script]);
}

function matchPattern(site: string): string | null {
  const url = `http://${site}`;
  return URL.canParse(url) ? `*://${new URL(url).hostname}/*` : null;
}
