import { ChromiumSession } from '../src/testing/chromium/chromium-session';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { messages, recorded } from '../src/testing/recorded';
import { serve } from '../src/testing/serve';

/**
 * Pages that drive themselves: `/start` has `/next` prerendered, and goes there when it is told to; `/next` opens a
 * socket at once (which Chromium holds back until the page is shown), and a second one when it is shown.
 */
async function startPages(wsUrl: string) {
  const told = new Set<string>();
  let answer: (() => void) | null = null;
  const rules = JSON.stringify({ prerender: [{ source: 'list', urls: ['/next'] }] });
  const start = `<script type="speculationrules">${rules}</script>
    <script>fetch('/go').then(() => { location.href = '/next'; });</script>`;
  const next = `<script>
    const sockets = [];
    const talk = (text) => new Promise((answered) => {
      const socket = new WebSocket('${wsUrl}/echo');
      sockets.push(socket);
      socket.onopen = () => socket.send(text);
      socket.onmessage = answered;
    });
    const tell = (what) => fetch('/told/' + what);
    const whenShown = new Promise((shown) => {
      if (document.prerendering) document.addEventListener('prerenderingchange', shown, { once: true });
      else shown();
    });
    (async () => {
      const first = talk('from before it was shown');
      await tell(document.prerendering ? 'prerendering' : 'loaded as usual');
      await whenShown;
      await first;
      await talk('from after it was shown');
      await tell(performance.getEntriesByType('navigation')[0].activationStart > 0 ? 'activated' : 'shown');
    })();
  </script>`;
  const served = await serve((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://any.invalid').pathname);
    const send = (body: string) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><title>${path}</title><link rel="icon" href="data:,">${body}`);
    };
    if (path.startsWith('/told/')) told.add(path.slice('/told/'.length));
    if (path === '/go') answer = () => send('');
    else send({ '/start': start, '/next': next }[path] ?? '');
  });
  return {
    ...served,
    /** Waits until `/next` has told this. */
    whenTold: (what: string) => until(`the page tells: ${what}`, () => told.has(what) || undefined),
    async go() {
      const send = await until('the page asks whether to go', () => answer ?? undefined);
      send();
    },
  };
}

const SAID = ['from before it was shown', 'from after it was shown'];

test('a page that was prerendered and then shown is recorded once, from before DevTools and on', async ({
  session,
  demo,
}) => {
  const pages = await startPages(demo.wsUrl);
  try {
    if (!(session instanceof ChromiumSession)) throw new TypeError('Not Chromium');
    // Chromium does not prerender in a tab to which a test is attached.
    await session.cdp.send('Target.createTarget', { url: `${pages.url}/start` });
    await pages.whenTold('prerendering');
    await pages.go();
    await pages.whenTold('activated');
    const shown = await session.waitForPage('/next');
    const panel = await (await session.openDevtools(shown)).showPanel();
    await shown.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['since DevTools was opened'] });
    const all = await until('all that was said', async () => {
      const all = await recorded(panel);
      return messages(all).length >= 6 ? all : undefined;
    });
    const texts = messages(all).map(({ payload }) => payload.toString());
    expect(texts).toEqual([...SAID, 'since DevTools was opened'].flatMap((text) => [text, text]));
    expect(all.connections.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
  } finally {
    pages.close();
  }
});

test('a page that was to be prerendered while DevTools is open is loaded as usual, and recorded once', async ({
  session,
  demo,
}) => {
  const pages = await startPages(demo.wsUrl);
  try {
    const tab = await session.openPage(`${demo.url}/blank`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await tab.goto(`${pages.url}/start`);
    await pages.go();
    // Should Chromium prerender it after all one day, this tells.
    await pages.whenTold('loaded as usual');
    await pages.whenTold('shown');
    const all = await until('all that was said', async () => {
      const all = await recorded(panel);
      return messages(all).length >= 4 ? all : undefined;
    });
    expect(messages(all).map(({ payload }) => payload.toString())).toEqual(SAID.flatMap((text) => [text, text]));
    expect(all.connections.map(({ state }) => state)).toEqual(['open', 'open']);
  } finally {
    pages.close();
  }
});
