import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, type Recorded, recorded } from '../src/testing/recorded';
import { type Served, serve } from '../src/testing/serve';

type AnyPanel = Parameters<typeof recorded>[0];

/** Waits until the panel has a message with this text; gives what is recorded, and all texts that were sent. */
function whenSent(panel: AnyPanel, text: string): Promise<{ all: Recorded; texts: string[] }> {
  return until(`sent: ${text}`, async () => {
    const all = await recorded(panel);
    const sent = messages(all).filter(({ direction }) => direction === 'sent');
    const texts = sent.map(({ payload }) => payload.toString());
    return texts.includes(text) ? { all, texts } : undefined;
  });
}

/** Pages that a browser may keep when they are left. `/hasty` opens a socket, tries to send, and goes on at once. */
function startPages(wsUrl: string): Promise<Served> {
  const hasty = `<script>
    const socket = new WebSocket('${wsUrl}/echo');
    try { socket.send('in haste'); } catch {}
    location.replace('/next');
  </script>`;
  return serve((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=60' });
    const body = request.url === '/hasty' ? hasty : '';
    response.end(`<!doctype html><title>${request.url}</title><link rel="icon" href="data:,">${body}`);
  });
}

/** Opens a socket, sends, waits for the echo, and closes: a page with an open socket need not be kept. */
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
  Object.assign(globalThis, { socket });
}

for (const kind of ['that was just made', 'that has loaded'] as const) {
  test(`records what a frame ${kind} said before it was removed in the same turn @both`, async ({ session, demo }) => {
    const tab = await session.openPage(`${demo.url}/blank`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await tab.reload();
    await tab.evaluate(
      async ({ url, loaded }) => {
        const frame = document.createElement('iframe');
        if (loaded) {
          frame.src = '/blank?title=Brief';
          await new Promise((load) => {
            frame.onload = load;
            document.body.append(frame);
          });
        } else {
          document.body.append(frame);
        }
        const { WebSocket } = frame.contentWindow as unknown as typeof globalThis;
        const socket = new WebSocket(url);
        let refused = '';
        try {
          socket.send('too early');
        } catch (error) {
          refused = (error as Error).name;
        }
        frame.remove();
        if (refused !== 'InvalidStateError') throw new Error('It was sent');
      },
      { url: `${demo.wsUrl}/echo`, loaded: kind === 'that has loaded' },
    );
    const { all, texts } = await whenSent(panel, 'too early');
    expect(texts).toEqual(['too early']);
    expect(all.connections).toHaveLength(1);
    await until('the end of the connection', async () =>
      (await recorded(panel)).connections[0].state === 'closed' ? true : undefined,
    );
  });
}

test('records a page that is left in its first script @both', async ({ session, demo }) => {
  const pages = await startPages(demo.wsUrl);
  try {
    const tab = await session.openPage(`${pages.url}/first`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await panel.getByRole('checkbox', { name: 'Keep log' }).click();
    const url = `${demo.wsUrl}/echo`;
    await tab.evaluate(talk, { url, text: 'before' });
    await whenSent(panel, 'before');
    await tab.evaluate(() => {
      setTimeout(() => location.assign('/hasty'), 0);
    });
    await until('the page after it', async () => ((await tab.url()).endsWith('/next') ? true : undefined));
    await tab.evaluate(talk, { url, text: 'after' });
    await whenSent(panel, 'after');
    const { texts } = await whenSent(panel, 'in haste');
    expect(texts.toSorted()).toEqual(['after', 'before', 'in haste']);
  } finally {
    pages.close();
  }
});

test('records what a page that has opened its document anew says just before it is left @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await panel.getByRole('checkbox', { name: 'Keep log' }).click();
  await tab.evaluate(async (url: string) => {
    document.open();
    document.write('<!doctype html><p>anew');
    document.close();
    const socket = new WebSocket(url);
    await new Promise((answer) => {
      socket.onopen = () => socket.send('first');
      socket.onmessage = answer;
    });
    setTimeout(() => {
      for (let index = 0; index < 2000; index++) socket.send(`last ${index}`.padEnd(500));
      socket.send('the end');
      location.assign('/blank?title=next');
    }, 0);
  }, `${demo.wsUrl}/echo`);
  const { all, texts } = await whenSent(panel, 'the end');
  expect(texts).toHaveLength(2002);
  expect(all.frames.filter(({ kind }) => kind === 'gap')).toEqual([]);
});

test('keeps nothing of a page that is left when the log is not kept @both', async ({ session, demo }) => {
  const pages = await startPages(demo.wsUrl);
  try {
    const tab = await session.openPage(`${pages.url}/first`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    const url = `${demo.wsUrl}/echo`;
    await tab.evaluate(talk, { url, text: 'before' });
    await whenSent(panel, 'before');
    await tab.evaluate(() => {
      setTimeout(() => location.assign('/hasty'), 0);
    });
    await until('the page after it', async () => ((await tab.url()).endsWith('/next') ? true : undefined));
    await tab.evaluate(talk, { url, text: 'after' });
    const { texts } = await whenSent(panel, 'after');
    expect(texts).toEqual(['after']);
  } finally {
    pages.close();
  }
});

test('records what a page says while it is left, for the back/forward cache or for good @both', async ({
  session,
  demo,
}) => {
  const pages = await startPages(demo.wsUrl);
  try {
    const tab = await session.openPage(`${pages.url}/first`);
    const panel = await (await session.openDevtools(tab)).showPanel();
    await panel.getByRole('checkbox', { name: 'Keep log' }).click();
    const url = `${demo.wsUrl}/echo`;
    await tab.evaluate(talk, { url, text: 'before' });
    await whenSent(panel, 'before');
    await tab.evaluate(() => {
      const { socket } = globalThis as unknown as { socket: WebSocket };
      // It is closed: nothing goes out, and it is recorded as such.
      addEventListener('pagehide', ({ persisted }) => socket.send(`kept: ${persisted}`));
      setTimeout(() => location.assign('/next'), 0);
    });
    await until('the page after it', async () => ((await tab.url()).endsWith('/next') ? true : undefined));
    await tab.evaluate(talk, { url, text: 'after' });
    await whenSent(panel, 'after');
    const { texts } = await whenSent(panel, 'kept: true');
    expect(texts.toSorted()).toEqual(['after', 'before', 'kept: true']);
  } finally {
    pages.close();
  }
});
