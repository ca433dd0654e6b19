import browser from 'webextension-polyfill';
import { applyOff, type OffSettings, type Scripting } from '../core/sites/offScript';

/** Switches Framescope off, from the next load on, where the settings say so. Firefox lets only a background do it. */
export async function applySites({ paused, disabledSites }: OffSettings): Promise<void> {
  const { scripting } = browser as { scripting?: unknown };
  if (scripting) await applyOff({ paused, disabledSites }, scripting as Scripting);
  else await browser.runtime.sendMessage({ framescope: 'sites', paused, disabledSites });
}
