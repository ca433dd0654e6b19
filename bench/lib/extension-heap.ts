import type { ChromiumSession } from '../../src/testing/chromium/chromium-session';

export interface Heap {
  /** Objects of JavaScript, in bytes. */
  used: number;
  /** Buffers, in bytes. */
  buffers: number;
}

interface Target {
  targetId: string;
  type: string;
  url: string;
}

interface Usage {
  usedSize: number;
  backingStorageSize?: number;
}

/**
 * What JavaScript holds in the extension after its garbage was collected: panel and devtools page, which share one heap,
 * and each Worker they started.
 */
export async function extensionHeap({ cdp }: Pick<ChromiumSession, 'cdp'>): Promise<Heap & { places: string[] }> {
  const { targetInfos } = await cdp.send<{ targetInfos: Target[] }>('Target.getTargets', {
    filter: [{ type: 'iframe' }, { type: 'worker' }],
  });
  const pages = targetInfos.filter(({ type, url }) => type === 'iframe' && url.startsWith('chrome-extension://'));
  const heap: Heap & { places: string[] } = { used: 0, buffers: 0, places: [] };
  const add = async (place: string, session: string): Promise<void> => {
    await cdp.send('HeapProfiler.collectGarbage', {}, session);
    const { usedSize, backingStorageSize = 0 } = await cdp.send<Usage>('Runtime.getHeapUsage', {}, session);
    heap.used += usedSize;
    heap.buffers += backingStorageSize;
    heap.places.push(`${place}: ${usedSize} + ${backingStorageSize}`);
  };
  const seen = new Set<string>();
  for (const [index, { targetId, url }] of pages.entries()) {
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const workers: { session: string; target: Target }[] = [];
    const stop = cdp.on('Target.attachedToTarget', (params, from) => {
      const { sessionId: session, targetInfo } = params as unknown as { sessionId: string; targetInfo: Target };
      if (from === sessionId) workers.push({ session, target: targetInfo });
    });
    await cdp.send(
      'Target.setAutoAttach',
      { autoAttach: true, waitForDebuggerOnStart: false, flatten: true, filter: [{ type: 'worker' }] },
      sessionId,
    );
    stop();
    if (index === 0) await add(new URL(url).pathname, sessionId);
    for (const { session, target } of workers) {
      if (seen.has(target.targetId)) continue;
      seen.add(target.targetId);
      await add(new URL(target.url).pathname, session);
    }
    await cdp.send('Target.detachFromTarget', { sessionId });
  }
  return heap;
}
