import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, recorded, whenFrames } from '../src/testing/recorded';

test('records the socket of the first inline script, before the panel was ever shown @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  await tab.goto(`${demo.url}/first`);
  const panel = await devtools.showPanel();
  // Open, the sent frame and its echo.
  await whenFrames(panel, 3);
  const { connections, frames } = await recorded(panel);
  expect(connections.map(({ url, state }) => [url.replace(/.*\/echo/, '/echo'), state])).toEqual([
    ['/echo?from=first', 'open'],
  ]);
  expect(frames.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
    'open received',
    'text sent',
    'text received',
  ]);
});

test('what it records equals the server’s own record, byte for byte @both', async ({ session, demo }) => {
  test.slow();
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  const before = demo.log.connections.length;
  await tab.evaluate(async (url: string) => {
    const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index * 7);
    const { buffer } = bytes;
    const all: (string | Blob | BufferSource)[] = [
      '',
      'plain',
      'emoji 👩‍👩‍👧‍👦 and a lone \ud800 surrogate',
      'ünï\u0000cödé',
      'x'.repeat(1 << 20),
      'y'.repeat(16 << 20),
      new ArrayBuffer(0),
      buffer,
      new DataView(buffer, 3, 5),
      new Uint8Array(16 << 20).fill(5),
      new Blob([bytes, 'tail']),
      'after the Blob',
      new Blob([new Uint8Array(3 << 20)]),
    ];
    for (const View of [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
    ]) {
      all.push(new View(buffer, 8, 4));
    }
    for (const binaryType of ['blob', 'arraybuffer'] as const) {
      const socket = new WebSocket(url);
      socket.binaryType = binaryType;
      await new Promise((open) => socket.addEventListener('open', open));
      let answers = 0;
      const answered = new Promise<void>((done) => {
        socket.onmessage = () => {
          if (++answers === all.length) done();
        };
      });
      for (const data of all) socket.send(data as string);
      await answered;
      socket.close(4321, 'enough');
      await new Promise((closed) => socket.addEventListener('close', closed));
    }
  }, `${demo.wsUrl}/echo`);
  const server = demo.log.connections.slice(before);
  expect(server).toHaveLength(2);
  await whenFrames(
    panel,
    server.reduce((sum, { messages }) => sum + messages.length + 2, 0),
  );
  // Rows come at once, the bytes of large payloads and Blobs a little later.
  const log = await until(
    'all payloads whole',
    async () => {
      const log = await recorded(panel);
      return log.frames.every(({ payload, length }) => payload.length === length) ? log : undefined;
    },
    120_000,
  );
  const { connections } = log;
  expect(connections).toHaveLength(2);
  connections.forEach(({ id }, index) => {
    for (const direction of ['sent', 'received'] as const) {
      const ours = messages(log).filter((frame) => frame.connection === id && frame.direction === direction);
      const theirs = server[index].messages.filter((message) => message.direction === direction);
      expect(ours.map(({ kind, length }) => [kind, length])).toEqual(
        theirs.map(({ binary, data }) => [binary ? 'binary' : 'text', data.length]),
      );
      ours.forEach((frame, place) => {
        expect(Buffer.compare(frame.payload, Buffer.from(theirs[place].data)), `${direction} message ${place}`).toBe(0);
      });
    }
    expect(JSON.parse(log.frames.findLast((frame) => frame.connection === id)?.payload.toString() ?? '')).toEqual({
      code: 4321,
      reason: 'enough',
      wasClean: true,
      by: 'page',
    });
  });
});

test('keeps the order that the page saw, also with Blobs between texts @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  const seen = await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const kinds: string[] = [];
    const done = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }) => {
        kinds.push(typeof data === 'string' ? 'text' : 'binary');
        if (kinds.length === 60) resolve();
      };
    });
    for (let index = 0; index < 20; index++) {
      socket.send(`text ${index}`);
      socket.send(new Blob([new Uint8Array(index * 1000)]));
      socket.send(new Uint8Array(index));
    }
    await done;
    return kinds;
  }, `${demo.wsUrl}/echo`);
  await whenFrames(panel, 121);
  const received = messages(await recorded(panel)).filter(({ direction }) => direction === 'received');
  expect(received.map(({ kind }) => kind)).toEqual(seen);
  expect(received.filter((_, index) => index % 3 === 1).map(({ length }) => length)).toEqual(
    Array.from({ length: 20 }, (_, index) => index * 1000),
  );
});

test('tells how a connection opened and closed, and who began it @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  await tab.evaluate(async (wsUrl: string) => {
    const ended = (socket: WebSocket) => new Promise((closed) => socket.addEventListener('close', closed));
    const opened = (socket: WebSocket) => new Promise((open) => socket.addEventListener('open', open));
    const script = async (command: object) => {
      const socket = new WebSocket(`${wsUrl}/script`);
      await opened(socket);
      const end = ended(socket);
      socket.send(JSON.stringify(command));
      await end;
    };
    await script({ close: 4001, reason: 'by the server' });
    await script({ close: null });
    await script({ terminate: true });
    const own = new WebSocket(`${wsUrl}/echo`);
    await opened(own);
    own.close();
    await ended(own);
    await ended(new WebSocket(`${wsUrl}/refuse?status=403`));
    const chosen = new WebSocket(`${wsUrl}/protocols`, ['nonsense', 'demo.v1']);
    await opened(chosen);
    chosen.close(3000, 'ünï');
    await ended(chosen);
  }, demo.wsUrl);
  await whenFrames(panel, 15);
  const { connections, frames } = await recorded(panel);
  const closes = frames.filter(({ kind }) => kind === 'close').map(({ payload }) => JSON.parse(payload.toString()));
  expect(closes).toEqual([
    { code: 4001, reason: 'by the server', wasClean: true, by: 'server' },
    { code: 1005, reason: '', wasClean: true, by: 'server' },
    { code: 1006, reason: '', wasClean: false, by: 'server' },
    { code: 1005, reason: '', wasClean: true, by: 'page' },
    { code: 1006, reason: '', wasClean: false, by: 'server' },
    { code: 3000, reason: 'ünï', wasClean: true, by: 'page' },
  ]);
  expect(frames.filter(({ kind }) => kind === 'error').map(({ connection }) => connection)).toContain(5);
  expect(connections.at(-1)).toMatchObject({ protocol: 'demo.v1', state: 'closed' });
});

test('times have fractions of a millisecond and stand in order @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const devtools = await session.openDevtools(tab);
  const panel = await devtools.showPanel();
  const before = Date.now();
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    let received = 0;
    await new Promise<void>((done) => {
      socket.onmessage = () => {
        if (++received === 500) done();
      };
    });
  }, `${demo.wsUrl}/flood?count=500&size=50`);
  const after = Date.now();
  await whenFrames(panel, 501);
  const times = (await recorded(panel)).frames.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  // The page's clock and that of this process may be some milliseconds apart.
  expect(times[0]).toBeGreaterThan(before - 50);
  expect(times.at(-1)).toBeLessThan(after + 50);
  // Firefox rounds to whole milliseconds unless the page is isolated.
  if (session.browserName === 'chromium') expect(times.some((time) => !Number.isInteger(time))).toBe(true);
});

test('records what is sent with the `send` of another window, and what is received once @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.evaluate(async (url: string) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as unknown as typeof globalThis;
    const socket = new WebSocket(url);
    await new Promise((open) => socket.addEventListener('open', open));
    const answered = new Promise<void>((done) => {
      socket.onmessage = ({ data }) => {
        if (data === 'own') done();
      };
    });
    inner.WebSocket.prototype.send.call(socket, 'borrowed');
    inner.WebSocket.prototype.send.call(socket, new Uint8Array([1, 2, 3]));
    socket.send('own');
    await answered;
  }, `${demo.wsUrl}/echo?borrowed`);
  const all = await until('all six messages', async () => {
    const all = await recorded(panel);
    return messages(all).length >= 6 ? all : undefined;
  });
  const [own, other] = all.connections.toSorted(
    (one, two) => Number(one.openedAt === null) - Number(two.openedAt === null),
  );
  const told = (id: number) =>
    messages(all)
      .filter(({ connection }) => connection === id)
      .map(({ direction, payload }) => `${direction} ${payload}`);
  expect(all.connections).toHaveLength(2);
  expect(told(other.id)).toEqual(['sent borrowed', 'sent \u0001\u0002\u0003']);
  expect(told(own.id)).toEqual(['sent own', 'received borrowed', 'received \u0001\u0002\u0003', 'received own']);
  expect(other).toMatchObject({ url: own.url, state: 'open', initiator: '(a socket of another window)' });
});
