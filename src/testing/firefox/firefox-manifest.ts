import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the driver needs of an extension's manifest. */
export interface FirefoxManifest {
  browser_specific_settings: { gecko: { id: string } };
  content_scripts?: Array<{ js?: string[] }>;
  background?: { scripts?: string[] };
}

/** Reads the manifest of an unpacked extension; throws where it has no id, which Firefox needs. */
export function readFirefoxManifest(extension: string): FirefoxManifest {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as Partial<FirefoxManifest>;
  if (manifest.browser_specific_settings?.gecko?.id === undefined)
    throw new Error(`${extension} names no id for Firefox`);
  return manifest as FirefoxManifest;
}
