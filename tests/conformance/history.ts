import type { PageHandle } from '../../src/testing/driver';
import { until } from '../../src/testing/poll';
import type { SuiteServer } from './server';

const kinds = {
  'no socket': '',
  'a socket that is closed': "const socket = await opened(); socket.close(); await next(socket, 'close');",
  'a socket that is open': 'await opened();',
};

/**
 * HTML §7.4.6 (reactivating a document): what a page sees when the user leaves it and comes back, by whether it had a
 * socket. A browser that keeps the page shows it again as it was; one that does not loads it anew.
 */
export async function seenAfterReturn(page: PageHandle, server: SuiteServer): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const [kind, run] of Object.entries(kinds)) {
    await page.goto(`${server.url}/blank?returning`);
    await page.evaluate(`(async () => {
      const next = (target, type) => new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
      const opened = async () => {
        const socket = new WebSocket('ws://' + location.host + '/echo');
        await next(socket, 'open');
        return socket;
      };
      window.events = [];
      for (const type of ['pagehide', 'pageshow'])
        addEventListener(type, ({ persisted }) => window.events.push([type, persisted]));
      ${run}
    })()`);
    await page.goto(`${server.url}/deep/blank`);
    await page.evaluate('void setTimeout(() => history.back())');
    const events = await until(`the page with ${kind} again`, () =>
      page
        .evaluate<string | false>(
          "location.search === '?returning' && document.readyState === 'complete' && JSON.stringify(window.events ?? 'loaded anew')",
        )
        .then(
          (told) => told || undefined,
          // Between two documents there is nobody to ask.
          () => undefined,
        ),
    );
    seen.set(`leaving and coming back to a page with ${kind}`, events);
  }
  return seen;
}
