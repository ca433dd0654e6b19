import { readdirSync, readFileSync } from 'node:fs';
import { startDemo } from '../demo/server';
import { expect, test } from '../src/testing/fixtures';
import { converse } from '../src/testing/page-sockets';
import { until } from '../src/testing/poll';
import { countsOf, messages, recorded, whenFrames } from '../src/testing/recorded';

type AnyPanel = Parameters<typeof recorded>[0];

/** Waits until a message with this text came back, and gives the texts of all messages. */
function textsUntil(panel: AnyPanel, last: string): Promise<string[]> {
  return until(`the message ${last}`, async () => {
    const list = messages(await recorded(panel)).map(({ payload }) => payload.toString());
    return list.filter((text) => text === last).length === 2 ? list : undefined;
  });
}

test('a page cannot forge frames, with events or with what it guesses of the channel @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    await new Promise((open) => {
      socket.onopen = open;
    });
    socket.dispatchEvent(new MessageEvent('message', { data: 'forged' }));
    socket.dispatchEvent(new CloseEvent('close', { code: 4000 }));
    const element = document.createElement('i');
    for (const type of ['framescope:greeting', 'framescope:realm', 'content', 'page', 'ready']) {
      for (const target of [document, window, element, socket]) {
        target.addEventListener(type, (event) =>
          Object.assign(globalThis, { got: (event as MouseEvent).relatedTarget }),
        );
        target.dispatchEvent(new MouseEvent(type, { relatedTarget: element }));
        target.dispatchEvent(new CustomEvent(type, { detail: '{"type":"off"}' }));
        target.dispatchEvent(new CustomEvent(type, { detail: { document } }));
      }
    }
    window.postMessage({ framescope: 'here' }, '*');
    socket.send('real');
  }, `${demo.wsUrl}/echo`);
  expect(await textsUntil(panel, 'real')).toEqual(['real', 'real']);
  const { connections } = await recorded(panel);
  expect(connections.map(({ state }) => state)).toEqual(['open']);
});

test('a page that opens its document anew does not hear of the frames that it makes @both', async ({
  session,
  demo,
}) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const seen = await tab.evaluate(() => {
    const heard: string[] = [];
    const natives = new WeakMap<object, object>();
    document.open();
    document.write('<!doctype html><body>');
    document.close();
    for (const target of [window, document, document.body, performance]) {
      target.addEventListener(
        'framescope:realm',
        (event) => {
          heard.push(`${target}`);
          (event as CustomEvent<{ originals: unknown }>).detail.originals = natives;
        },
        true,
      );
    }
    const frame = document.body.appendChild(document.createElement('iframe'));
    const { WebSocket } = frame.contentWindow as unknown as typeof globalThis;
    return { heard, told: natives.has(WebSocket) };
  });
  expect(seen).toEqual({ heard: [], told: false });
});

test('a page that breaks the built-ins is recorded all the same @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  const called = await tab.evaluate(
    (url: string) =>
      new Promise<string[]>((done) => {
        const calls: string[] = [];
        const socket = new WebSocket(url);
        const broken: [object, string[]][] = [
          [Array.prototype, ['push', 'map', 'forEach', 'slice']],
          [WeakMap.prototype, ['get', 'set', 'has']],
          [Function.prototype, ['call', 'apply', 'bind']],
          [EventTarget.prototype, ['addEventListener', 'dispatchEvent']],
          [Promise.prototype, ['then']],
          [JSON, ['stringify', 'parse']],
          [Reflect, ['apply', 'construct']],
          [TextEncoder.prototype, ['encode', 'encodeInto']],
          [performance, ['now']],
        ];
        socket.onopen = () => {
          const kept = broken.map(([holder, names]) =>
            names.map((name) => Object.getOwnPropertyDescriptor(holder, name)),
          );
          for (const [holder, names] of broken) {
            for (const name of names) {
              Object.defineProperty(holder, name, {
                configurable: true,
                get() {
                  calls[calls.length] = name;
                  throw new Error(`${name} is broken`);
                },
              });
            }
          }
          socket.onmessage = () => {
            for (let at = 0; at < broken.length; at++) {
              const [holder, names] = broken[at];
              for (let one = 0; one < names.length; one++) {
                const before = kept[at][one];
                if (before) Object.defineProperty(holder, names[one], before);
                else Reflect.deleteProperty(holder, names[one]);
              }
            }
            done(calls);
          };
          socket.send('in spite of all');
        };
      }),
    `${demo.wsUrl}/echo`,
  );
  expect(called).toEqual([]);
  expect(await textsUntil(panel, 'in spite of all')).toHaveLength(2);
});

test('a thousand sockets that say something at once are all recorded, and answer @both', async ({ session, demo }) => {
  const tab = await session.openPage(`${demo.url}/blank`);
  const panel = await (await session.openDevtools(tab)).showPanel();
  await tab.reload();
  const answers = await tab.evaluate(async (url: string) => {
    let heard = 0;
    // Browsers open so many at a time to one host.
    for (let lot = 0; lot < 10; lot++) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => {
          const socket = new WebSocket(url);
          return new Promise<void>((closed) => {
            socket.onopen = () => socket.send(`socket ${lot * 100 + index}`);
            socket.onmessage = () => {
              heard++;
              socket.close();
            };
            socket.onclose = () => closed();
          });
        }),
      );
    }
    return heard;
  }, `${demo.wsUrl}/echo`);
  expect(answers).toBe(1000);
  const all = await until(
    'a thousand connections',
    async () => {
      const all = await recorded(panel);
      return messages(all).length === 2000 ? all : undefined;
    },
    30_000,
  );
  expect(all.connections).toHaveLength(1000);
});

test('ten thousand sockets at once are all listed, and neither page nor panel suffers @both', async ({
  tab,
  panel,
  demo,
}) => {
  test.slow();
  const count = 10_000;
  await tab.reload();
  // Browsers open some 200 of them and refuse the others: each of those has a row for its error and one for its end.
  const ends = await tab.evaluate(
    async ({ url, count }) => {
      const sockets = Array.from({ length: count }, () => new WebSocket(url));
      const codes = await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<number>((closed) => {
              socket.onopen = () => socket.close();
              socket.onclose = ({ code }) => closed(code);
            }),
        ),
      );
      return codes.length;
    },
    { url: `${demo.wsUrl}/echo`, count },
  );
  expect(ends).toBe(count);
  await until('all of them', async () => (await countsOf(panel)).connections >= count || undefined, 60_000);
  await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['still here'] });
  const all = await until(
    'what was said after that',
    async () => {
      const all = await recorded(panel);
      return messages(all).length === 2 ? all : undefined;
    },
    60_000,
  );
  expect(all.connections).toHaveLength(count + 1);
  expect(all.connections.filter(({ state }) => state !== 'closed')).toHaveLength(1);
  expect((await countsOf(panel)).text).not.toContain('dropped');
});

/** The largest memory so far of the process that the extension's pages run in, in MiB. */
function peakOfExtension(browser: number): number {
  const peaks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[2];
        if (Number(group) !== browser) return [];
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--extension-process')) return [];
        const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
        return peak ? [Number(peak[1]) / 1024] : [];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
  return Math.max(...peaks);
}

test('a gibibyte is recorded within bounds: rows for all of it, and a count of what was dropped @both', async ({
  session,
  tab,
  panel,
}) => {
  test.slow();
  const [lots, each, size] = [32, 32, 1 << 20];
  const total = lots * each;
  const demo = await startDemo({ log: { maxBytes: 0 } });
  try {
    await tab.evaluate(
      async ({ url, lots, each, size }) => {
        const socket = new WebSocket(url);
        await new Promise((open) => socket.addEventListener('open', open));
        const bytes = new Uint8Array(size);
        // The browser itself would hold all of it otherwise.
        for (let lot = 0; lot < lots; lot++) {
          let arrived = 0;
          const all = new Promise<void>((done) => {
            socket.onmessage = () => {
              if (++arrived === each) done();
            };
          });
          for (let index = 0; index < each; index++) {
            bytes[0] = index;
            socket.send(bytes);
          }
          await all;
        }
      },
      { url: `${demo.wsUrl}/big?type=none`, lots, each, size },
    );
    await whenFrames(panel, 1 + 2 * total, 60_000);
    await tab.evaluate(converse, { url: `${demo.wsUrl}/echo`, texts: ['still here'] });
    await whenFrames(panel, 4 + 2 * total, 30_000);
    expect((await countsOf(panel)).frames).toBe(4 + 2 * total);
    if (session.browserName === 'chromium') expect(peakOfExtension(session.pid)).toBeLessThan(600);
  } finally {
    await demo.close();
  }
});

test('a page that throws wherever it is read is recorded all the same, and gets its own errors @both', async ({
  tab,
  panel,
  demo,
}) => {
  await tab.reload();
  const seen = await tab.evaluate(async (url: string) => {
    const socket = new WebSocket(url);
    (globalThis as { kept?: WebSocket }).kept = socket;
    await new Promise((open) => {
      socket.onopen = open;
    });
    const own = new Error('thrown by the page');
    const raise = () => {
      throw own;
    };
    const traps = ['get', 'has', 'getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor', 'apply', 'construct'];
    const proxy = new Proxy(class {}, Object.fromEntries(traps.map((name) => [name, raise])));
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const things: unknown[] = [
      proxy,
      { toString: raise },
      { [Symbol.toPrimitive]: raise },
      Object.defineProperty({}, 'toString', { get: raise }),
      Object.defineProperty({}, Symbol.toPrimitive, { get: raise }),
    ];
    const errors: unknown[] = [];
    const attempt = (run: () => unknown) => {
      try {
        run();
        errors.push('none');
      } catch (error) {
        errors.push(error === own ? 'own' : (error as Error).name);
      }
    };
    for (const thing of things) {
      attempt(() => socket.send(thing as string));
      attempt(() => new WebSocket(thing as string));
      attempt(() => new WebSocket(url, thing as string));
      attempt(() => socket.close(1000, thing as string));
    }
    attempt(() => socket.send(revoked.proxy as string));
    attempt(() => Reflect.construct(WebSocket, [url], proxy));
    attempt(() => WebSocket.prototype.send.call(proxy, 'no socket'));

    // What anybody reads of an object that does not have it.
    const reads = new Set<string>();
    const names = ['type', 'id', 'get', 'set', 'value', 'then', 'toJSON', 'data', 'detail', 'text', 'frame', 'next'];
    const more = [
      'apply',
      'construct',
      'signal',
      'once',
      'passive',
      'capture',
      'protocol',
      'stack',
      'before',
      'length',
    ];
    for (const name of [...names, ...more]) {
      const get = () => {
        reads.add(name);
        throw own;
      };
      // Else it would inherit what was put there before.
      const descriptor = Object.assign(Object.create(null), { configurable: true, get, set: raise });
      Object.defineProperty(Object.prototype, name, descriptor);
    }
    socket.send('among getters that throw');
    await new Promise<void>((answer) => {
      // Without the event, whose `then` would be looked for.
      socket.onmessage = () => answer();
    });
    for (const name of [...names, ...more]) Reflect.deleteProperty(Object.prototype, name);
    return { errors, reads: [...reads] };
  }, `${demo.wsUrl}/echo`);
  // Of each thing: by send, as a URL, as a protocol, as a reason.
  const all = ['own', 'own', 'own', 'own'];
  expect(seen.errors).toEqual([...all, ...all, ...all, ...all, ...all, 'TypeError', 'own', 'TypeError']);
  expect(seen.reads).toEqual([]);
  const texts = await textsUntil(panel, 'among getters that throw');
  expect(texts).toEqual(['among getters that throw', 'among getters that throw']);
  expect((await recorded(panel)).connections).toHaveLength(1);
});
