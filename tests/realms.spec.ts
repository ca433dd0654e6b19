import type { PageHandle } from '../src/testing/driver';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { messages, type Recorded, recorded } from '../src/testing/recorded';
import { type Served, serve } from '../src/testing/serve';

type AnyPanel = Parameters<typeof recorded>[0];

/** Waits until the panel has messages sent with all of these texts, and gives what is recorded. */
function whenSent(panel: AnyPanel, texts: string[]): Promise<Recorded> {
  return until(`sent: ${texts.slice(0, 5).join(', ')}`, async () => {
    const all = await recorded(panel);
    const sent = sentTexts(all);
    return texts.every((text) => sent.includes(text)) ? all : undefined;
  });
}

function sentTexts(all: Recorded): string[] {
  return messages(all)
    .filter(({ direction }) => direction === 'sent')
    .map(({ payload }) => payload.toString());
}

/** Pages that a browser may keep, unlike those of the demo; each is closed with `close`. */
function startKeepable(): Promise<Served> {
  return serve((request, response) => {
    const title = new URL(request.url ?? '/', 'http://any.invalid').pathname.slice(1);
    response.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=60' });
    response.end(`<!doctype html><title>${title}</title><link rel="icon" href="data:,"><p>${title}`);
  });
}

/** Leaves the first page for another one that speaks to `url`, and goes back. */
async function leaveAndComeBack(
  tab: PageHandle,
  panel: AnyPanel,
  { away, url }: { away: string; url: string },
): Promise<void> {
  await tab.goto(away);
  await tab.evaluate(talk, { url, text: 'elsewhere' });
  await whenSent(panel, ['elsewhere']);
  await tab.evaluate(() => {
    setTimeout(() => history.back(), 0);
  });
  await until('the first page again', async () => ((await tab.url()).endsWith('/one') ? true : undefined));
}

test('records a same-origin iframe read synchronously after append, and document.write @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(async (url: string) => {
    const kept: WebSocket[] = [];
    (globalThis as { kept?: WebSocket[] }).kept = kept;
    const talk = (realm: typeof globalThis, text: string) =>
      new Promise((answer) => {
        const socket = new realm.WebSocket(url);
        kept.push(socket);
        socket.onopen = () => socket.send(text);
        socket.onmessage = answer;
      });
    const realmOf = (frame: HTMLIFrameElement) => frame.contentWindow as unknown as typeof globalThis;
    const fresh = document.body.appendChild(document.createElement('iframe'));
    await talk(realmOf(fresh), 'synchronous iframe');
    const written = document.body.appendChild(document.createElement('iframe'));
    written.contentDocument?.open();
    written.contentDocument?.write('<p>written</p>');
    written.contentDocument?.close();
    await talk(realmOf(written), 'document.open');
  }, `${demo.wsUrl}/echo`);
  const all = await whenSent(panel, ['synchronous iframe', 'document.open']);
  expect(all.connections).toHaveLength(2);
  expect(sentTexts(all)).toHaveLength(2);
});

test('goes on recording a document that opens and writes itself anew @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(async (url: string) => {
    const kept: WebSocket[] = [];
    (globalThis as { kept?: WebSocket[] }).kept = kept;
    const talk = (text: string) =>
      new Promise((answer) => {
        const socket = new WebSocket(url);
        kept.push(socket);
        socket.onopen = () => socket.send(text);
        socket.onmessage = answer;
      });
    await talk('before writing');
    document.open();
    document.write('<!doctype html><title>Anew</title><p>anew');
    document.close();
    await talk('after writing');
    await new Promise((sent) => {
      kept[0].onmessage = sent;
      kept[0].send('on the old socket');
    });
  }, `${demo.wsUrl}/echo`);
  const all = await whenSent(panel, ['before writing', 'after writing', 'on the old socket']);
  expect(sentTexts(all)).toHaveLength(3);
});

test('records window.open in the DevTools of the window that was opened, and in no other @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(async (url: string) => {
    const kept: WebSocket[] = [];
    (globalThis as { kept?: WebSocket[] }).kept = kept;
    const button = document.body.appendChild(document.createElement('button'));
    button.onclick = () => {
      const opened = window.open('/blank?title=Opened', '_blank') as unknown as typeof globalThis;
      (globalThis as { opened?: unknown }).opened = opened;
    };
    await new Promise((answer) => {
      const socket = new WebSocket(url);
      kept.push(socket);
      socket.onopen = () => socket.send('in the opener');
      socket.onmessage = answer;
    });
  }, `${demo.wsUrl}/echo`);
  await tab.click('button');
  const opened = await session.waitForPage('title=Opened');
  const openedPanel = await (await session.openDevtools(opened)).showPanel();
  await opened.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    (globalThis as { kept?: WebSocket }).kept = socket;
    await new Promise((answer) => {
      socket.onopen = () => socket.send('in the opened window');
      socket.onmessage = answer;
    });
  }, `${demo.wsUrl}/echo`);
  const inOpened = await whenSent(openedPanel, ['in the opened window']);
  const inOpener = await whenSent(panel, ['in the opener']);
  expect(sentTexts(inOpened)).toEqual(['in the opened window']);
  expect(sentTexts(inOpener)).toEqual(['in the opener']);
});

test('follows a tab to another site and back @both', async ({ session, demo }) => {
  const other = demo.url.replace('127.0.0.1', 'localhost');
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await panel.getByRole('checkbox', { name: 'Keep log' }).click();
  const conversations = async (count: number): Promise<Recorded> =>
    await until(`${count} conversations`, async () => {
      const all = await recorded(panel);
      return messages(all).length === count * 2 ? all : undefined;
    });
  await tab.goto(`${demo.url}/first`);
  await conversations(1);
  await tab.goto(`${other}/first`);
  await conversations(2);
  await tab.goto(`${demo.url}/first?again`);
  const all = await conversations(3);
  expect(all.connections.map(({ url }) => new URL(url).hostname)).toEqual(['127.0.0.1', 'localhost', '127.0.0.1']);
  await until('the end of the first two', async () => {
    const states = (await recorded(panel)).connections.map(({ state }) => state);
    return states.join() === 'closed,closed,open' ? true : undefined;
  });
});

test('records a frame of another site that is there before the busy page around it @both', async ({
  session,
  demo,
}) => {
  let release: () => void = () => undefined;
  const said = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { url, close } = await serve(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.url === '/said') release();
    if (request.url === '/held') await said;
    response.setHeader('Content-Type', 'text/html');
    if (request.url === '/busy') {
      // Its only thread waits, until the frame has had its answer.
      response.end(`<!doctype html><iframe src="http://localhost:${request.socket.localPort}/frame"></iframe>
        <script>const request = new XMLHttpRequest(); request.open('GET', '/held', false); request.send();</script>`);
    } else {
      response.end(`<!doctype html><script>
        const socket = new WebSocket('${demo.wsUrl}/echo');
        socket.onopen = () => socket.send('from the frame');
        socket.onmessage = ({ data }) => data === 'from the frame' ? fetch('/said').then(() => socket.send('later')) : 0;
      </script>`);
    }
  });
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.goto(`${url}/busy`);
  const all = await whenSent(panel, ['from the frame', 'later']);
  expect(all.connections.map(({ url }) => url)).toEqual([`${demo.wsUrl}/echo`]);
  close();
});

test('records 20 iframes at once, half of them of another origin @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.goto(`${demo.url}/iframes?n=20&cross=1&to=${encodeURIComponent('/first')}`);
  const all = await until(
    '20 conversations',
    async () => {
      const all = await recorded(panel);
      return messages(all).length >= 40 ? all : undefined;
    },
    30_000,
  );
  expect(all.connections).toHaveLength(20);
  expect(messages(all)).toHaveLength(40);
  for (const { id } of all.connections) {
    expect(messages(all).filter(({ connection }) => connection === id)).toHaveLength(2);
  }
});

test('loses nothing of a frame that is removed right after it sent @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(async (url: string) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    await new Promise((load) => {
      frame.onload = load;
      frame.src = '/blank?title=Removed';
    });
    const { WebSocket } = frame.contentWindow as unknown as typeof globalThis;
    const socket = new WebSocket(url);
    await new Promise((open) => {
      socket.onopen = open;
    });
    Object.assign(globalThis, { frame, socket });
  }, `${demo.wsUrl}/echo`);
  // From then on the frame is connected to the recorder.
  await until('the open socket', async () => ((await recorded(panel)).frames.length > 0 ? true : undefined));
  await tab.evaluate(() => {
    const { frame, socket } = globalThis as unknown as { frame: HTMLIFrameElement; socket: WebSocket };
    for (let index = 0; index < 500; index++) socket.send(`last words ${index}`);
    frame.remove();
  });
  const all = await whenSent(panel, ['last words 0', 'last words 499']);
  expect(sentTexts(all)).toHaveLength(500);
  await until('the end of the connection', async () => {
    const { connections } = await recorded(panel);
    return connections[0].state === 'closed' ? true : undefined;
  });
});

/** Opens a socket, sends, waits for the echo, and closes: a page with an open socket is not kept in the cache. */
async function talk({ url, text }: { url: string; text: string }): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((answer) => {
    socket.onopen = () => socket.send(text);
    socket.onmessage = answer;
  });
  await new Promise((closed) => {
    socket.onclose = closed;
    socket.close();
  });
}

test('goes on recording a page that comes back from the back/forward cache @both', async ({ session, demo }) => {
  const pages = await startKeepable();
  try {
    const tab = await session.openPage(`${pages.url}/one`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await panel.getByRole('checkbox', { name: 'Keep log' }).click();
    const url = `${demo.wsUrl}/echo`;
    await tab.evaluate(talk, { url, text: 'before leaving' });
    await whenSent(panel, ['before leaving']);
    await tab.evaluate(() => {
      (globalThis as { mark?: string }).mark = 'the same page';
    });
    await leaveAndComeBack(tab, panel, { away: `${pages.url}/two`, url });
    expect(await tab.evaluate(() => (globalThis as { mark?: string }).mark)).toBe('the same page');
    await tab.evaluate(talk, { url, text: 'back again' });
    const all = await whenSent(panel, ['before leaving', 'elsewhere', 'back again']);
    expect(sentTexts(all)).toEqual(['before leaving', 'elsewhere', 'back again']);
  } finally {
    pages.close();
  }
});

test('a socket that was closed by the back/forward cache is listed with its address when the page is back', async ({
  session,
  demo,
}) => {
  const pages = await startKeepable();
  try {
    const tab = await session.openPage(`${pages.url}/one`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    const url = `${demo.wsUrl}/echo`;
    await tab.evaluate(converse, { url, texts: ['before leaving'] });
    await whenSent(panel, ['before leaving']);
    await leaveAndComeBack(tab, panel, { away: `${pages.url}/two`, url });
    await tab.evaluate(talk, { url, text: 'back again' });
    const all = await whenSent(panel, ['back again']);
    const kept = await tab.evaluate(() => (globalThis as { sockets?: WebSocket[] }).sockets?.[0].readyState);
    expect(kept).toBe(3);
    expect(all.connections.map((connection) => [connection.url, connection.state])).toEqual([
      [url, 'closed'],
      [url, 'closed'],
    ]);
  } finally {
    pages.close();
  }
});
