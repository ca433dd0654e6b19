import type { RingPolicy } from '../core/messages/recorder';
import { DEFAULT_RING, readRing } from '../core/messages/ring';
import { SETTINGS_KEY } from '../core/sites/offScript';

/** @returns what the user wants to be kept of the time before DevTools; the default where the browser does not say */
export async function storedRing(storage: Pick<typeof chrome.storage, 'local'>): Promise<RingPolicy> {
  try {
    return readRing((await storage.local.get(SETTINGS_KEY))[SETTINGS_KEY]);
  } catch {
    // The extension was removed or updated meanwhile.
    return DEFAULT_RING;
  }
}
