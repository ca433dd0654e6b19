import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Demo, startDemo } from '../../demo/server';
import type { ChromiumDevtools } from '../../src/testing/chromium/chromium-devtools';
import { chromiumDriver } from '../../src/testing/chromium/chromium-driver';
import type { ChromiumPage } from '../../src/testing/chromium/chromium-page';
import type { ChromiumPanel } from '../../src/testing/chromium/chromium-panel';
import type { ChromiumSession } from '../../src/testing/chromium/chromium-session';

export const EXTENSION = resolve(import.meta.dirname, '../../dist/chromium');

/** A Chromium with the built extension, a page of the demo server in it, and DevTools for that page. */
export interface Bench {
  demo: Demo;
  session: ChromiumSession;
  tab: ChromiumPage;
  devtools: ChromiumDevtools;
}

/** What takes longer hangs: the benchmarks after it should still run. In ms. */
const LIMIT_MS = 10 * 60_000;

/**
 * Opens all of it, runs `work`, and ends all of it whatever happens, after `limitMs` at the latest. `profileDir` is kept,
 * and gone without.
 */
export async function withBench(
  work: (bench: Bench) => Promise<void>,
  options: { extension?: string | null; profileDir?: string; limitMs?: number } = {},
): Promise<void> {
  const { extension = EXTENSION, profileDir, limitMs = LIMIT_MS } = options;
  const demo = await startDemo();
  try {
    const session = (await chromiumDriver.launch({
      extension,
      ...(profileDir ? { profileDir } : {}),
    })) as ChromiumSession;
    try {
      const tab = await session.openPage(`${demo.url}/blank`);
      const devtools = await session.openDevtools(tab);
      await within(limitMs, work({ demo, session, tab, devtools }));
    } finally {
      await session.close();
    }
  } finally {
    await demo.close();
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`Given up after ${ms} ms`)), ms);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}

/**
 * Runs a part of a benchmark. One that fails is told, and makes the process end with 1, but not before the other parts.
 * @returns `null` when it failed
 */
export async function part<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    console.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    process.exitCode = 1;
    return null;
  }
}

/** Shows the panel, ready to run functions in it. */
export async function showPanel(devtools: ChromiumDevtools): Promise<ChromiumPanel> {
  const panel = await devtools.showPanel();
  // tsx names functions by a helper that a function which runs elsewhere does not find there.
  await panel.evaluate('globalThis.__name ??= (named) => named');
  return panel;
}

/** Process ids of the browser and of everything it started. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^PPid:\s+(\d+)/m.exec(readProc(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** The renderers that run extensions; Chromium gives them a switch of their own. */
export function extensionProcesses(session: ChromiumSession): number[] {
  return processTree(session.pid).filter((pid) => readProc(`/proc/${pid}/cmdline`).includes('--extension-process'));
}

/** Memory of processes in bytes, what they share divided among those that share it. */
export function residentBytes(pids: number[]): number {
  const kilobytes = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
}

/** A process may end while its files are read. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}
