import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../src/testing/fixtures';
import { until } from '../src/testing/poll';
import { messages, recorded, whenFrames } from '../src/testing/recorded';

/** Runs in pages as another extension's script: tells what passes a subclass in the place of `WebSocket`. */
function wrap(): void {
  const heard: string[] = [];
  const Native = WebSocket;
  Object.assign(globalThis, { heard });
  globalThis.WebSocket = class extends Native {
    constructor(url: string, protocols?: string) {
      super(url, protocols);
      heard.push('constructed');
      this.addEventListener('message', ({ data }) => heard.push(`received ${data}`));
    }
    override send(data: string): void {
      heard.push(`sent ${data}`);
      super.send(data);
    }
  } as typeof WebSocket;
}

/** The id that Chromium gives to an unpacked extension: it runs content scripts in the order of these. */
function idOf(folder: string): string {
  const digits = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** Another extension, whose script runs before or after ours. */
function otherExtension(ours: string, order: 'before' | 'after'): string {
  for (;;) {
    const folder = mkdtempSync(join(tmpdir(), 'other-extension-'));
    if (idOf(folder) < idOf(ours) === (order === 'before')) {
      const script = { matches: ['<all_urls>'], js: ['wrap.js'], run_at: 'document_start', world: 'MAIN' };
      const manifest = { manifest_version: 3, name: 'Other', version: '1', content_scripts: [script] };
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
      writeFileSync(join(folder, 'wrap.js'), `(${wrap})();`);
      return folder;
    }
    rmSync(folder, { recursive: true });
  }
}

for (const order of ['after', 'before'] as const) {
  test(`records each message once where another extension replaces WebSocket ${order} us`, async ({
    driver,
    extension,
    demo,
  }) => {
    const other = otherExtension(extension, order);
    const both = `${extension},${other}`;
    const args = [`--disable-extensions-except=${both}`, `--load-extension=${both}`];
    const session = await driver.launch({ extension, args });
    try {
      const tab = await session.openPage(`${demo.url}/blank`);
      const panel = await (await session.openDevtools(tab)).showPanel();
      const heard = await tab.evaluate(async (url: string) => {
        const socket = new WebSocket(url);
        const next = (type: string) => new Promise((done) => socket.addEventListener(type, done, { once: true }));
        await next('open');
        socket.send('once');
        await next('message');
        const closed = next('close');
        socket.close();
        await closed;
        return (globalThis as unknown as { heard: string[] }).heard;
      }, `${demo.wsUrl}/echo`);
      expect(heard).toEqual(['constructed', 'sent once', 'received once']);
      await whenFrames(panel, 4);
      // The handshake is known, so the network log was looked at: it has this socket, and no more than this.
      const log = await until('its handshake', async () => {
        const log = await recorded(panel);
        return log.connections.some(({ handshake }) => handshake !== null) ? log : undefined;
      });
      expect(log.connections.map(({ source }) => source)).toEqual(['page']);
      expect(messages(log).map(({ direction, payload }) => `${direction} ${payload}`)).toEqual([
        'sent once',
        'received once',
      ]);
      expect(await session.problems()).toEqual([]);
    } finally {
      await session.close();
      rmSync(other, { recursive: true });
    }
  });
}
