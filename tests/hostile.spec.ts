import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, recorded } from '../src/testing/recorded';

type AnyPanel = Parameters<typeof recorded>[0];

/** Waits until a message with this text came back, and gives the texts of all messages. */
function textsUntil(panel: AnyPanel, last: string): Promise<string[]> {
  return until(
    `the message ${last}`,
    async () => {
      const list = messages(await recorded(panel)).map(({ payload }) => payload.toString());
      return list.filter((text) => text === last).length === 2 ? list : undefined;
    },
    20_000,
  );
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
