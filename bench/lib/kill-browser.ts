import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floodPayload } from '../../demo/server';
import { until } from '../../src/testing/poll';
import { messages, recorded, whenFrames } from '../../src/testing/recorded';
import { showPanel, withBench } from './bench-browser';

export interface Killed {
  /** From the last frame that the next browser still has to the kill, in ms. */
  lossMs: number;
  frames: number;
  /** Frames among those that are not what was sent. */
  wrong: number;
}

const RATE = 500;
const SIZE = 200;

/** Records 500 frames a second, kills the browser `afterMs` later, and looks at what the next one finds. */
export async function killBrowser(afterMs: number): Promise<Killed> {
  const profileDir = mkdtempSync(join(tmpdir(), 'framescope-kill-'));
  try {
    let killed = 0;
    await withBench(
      async ({ demo, session, tab, devtools }) => {
        const panel = await showPanel(devtools);
        await tab.evaluate((url: string) => {
          new WebSocket(url).onmessage = () => undefined;
        }, `${demo.wsUrl}/flood?count=0&size=${SIZE}&rate=${RATE}`);
        await whenFrames(panel, 500);
        await new Promise((over) => setTimeout(over, afterMs));
        killed = Date.now();
        await session.kill();
      },
      { profileDir },
    );
    let result: Killed | undefined;
    await withBench(
      async ({ devtools }) => {
        const panel = await showPanel(devtools);
        await panel.getByRole('button', { name: 'Sessions', exact: true }).click();
        const rows = panel.getByRole('grid', { name: 'Sessions' }).getByRole('row');
        const open = rows.getByRole('button', { name: 'Open' });
        await until('the session of the killed browser', async () => ((await open.count()) > 0 ? true : undefined));
        await open.last().click();
        await whenFrames(panel, 1);
        const received = messages(await recorded(panel)).filter(({ direction }) => direction === 'received');
        const wrong = received.filter(({ payload }, n) => !floodPayload(n, SIZE, false).equals(payload)).length;
        result = { lossMs: killed - (received.at(-1)?.time ?? 0), frames: received.length, wrong };
      },
      { profileDir },
    );
    if (result === undefined) throw new Error('Nothing was found');
    return result;
  } finally {
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 10 });
  }
}
