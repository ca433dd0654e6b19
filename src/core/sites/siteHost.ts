/**
 * What Framescope is switched on and off for: a host, whatever its port. Match patterns of Firefox know no ports, so
 * that all pages of a host are patched or none.
 * @param site host of a page, with or without a port, as `URL.host` gives it
 * @returns the host as `URL.hostname` gives it, or `null` where it is none
 */
export function siteHost(site: string): string | null {
  const url = `http://${site}`;
  return site !== '' && URL.canParse(url) ? new URL(url).hostname : null;
}

/**
 * @param site host of a page, with or without a port
 * @param disabledSites hosts, with or without a port
 * @returns whether Framescope is switched off there
 */
export function isOffOn(site: string, disabledSites: readonly string[]): boolean {
  const host = siteHost(site);
  return host !== null && disabledSites.some((disabled) => siteHost(disabled) === host);
}
