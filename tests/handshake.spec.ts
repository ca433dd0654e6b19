import { connectionFacts } from '../src/testing/connection-facts';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';

test('the Handshake tab has the cookies of the request and the extensions that were agreed on @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the other interface is not there in every page.
    document.cookie = 'flavour=oat; path=/';
  });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?deflate=1`, texts: ['hello'] });
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo?plain`, texts: ['hello'] });
  const deflated = await connectionFacts(panel, /deflate=1/, 'Handshake', ['cookie', 'sec-websocket-extensions']);
  expect(deflated.cookie).toBe('flavour=oat');
  expect(deflated.status).toMatch(/^101/);
  expect(deflated.extensions).toBe('permessage-deflate');
  const plain = await connectionFacts(panel, /echo\?plain/, 'Handshake', ['cookie']);
  expect(plain.extensions).toBe('(none)');
});

test('a connection tells in which frame of the page it was opened @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.goto(`${demo.url}/iframes?n=1`);
  const general = await connectionFacts(panel, /from=first/, 'General', ['where', 'within']);
  expect(general.where).toBe(`frame ${demo.url}/first`);
  expect(general.within).toBe(`${demo.url}/iframes?n=1`);
});

// In Firefox the sockets of workers are told of by their handshakes alone, see docs/coverage.md.
test('a connection tells that a worker opened it', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  const url = await tab.evaluate((url: string) => {
    const script = URL.createObjectURL(new Blob([`globalThis.socket = new WebSocket(${JSON.stringify(url)})`]));
    (globalThis as { worker?: Worker }).worker = new Worker(script);
    return script;
  }, `${demo.wsUrl}/echo?worker`);
  const general = await connectionFacts(panel, /echo\?worker/, 'General', ['where', 'access']);
  expect(general.where).toBe(`worker ${url}`);
  expect(general.access).toMatch(/^Read only/);
});
