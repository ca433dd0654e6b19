import { readdir } from 'node:fs/promises';
import type { Recording } from './record-server';

const FOLDER = new URL('./recordings/', import.meta.url);

/**
 * Records a connection of every protocol: runs each function of `recordings/` whose name begins with `record`, one
 * after the other, because some clients look for a global `WebSocket`. In the order of their names.
 *
 * @param begins is told each function's name before it runs
 */
export async function recordCorpus(begins: (name: string) => void = () => undefined): Promise<Recording[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts')).toSorted();
  const corpus: Recording[] = [];
  for (const file of files) {
    const module = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    for (const [name, record] of Object.entries(module)) {
      if (!name.startsWith('record') || typeof record !== 'function') continue;
      begins(name);
      corpus.push(await inTime(name, record() as Promise<Recording>));
    }
  }
  return corpus;
}

/** Longest time for one recording, in ms: a client that hangs must not hang the tests. */
const MOST = 60_000;

function inTime(name: string, recording: Promise<Recording>): Promise<Recording> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${name} did not end`)), MOST);
    recording.then(done, fail).finally(() => clearTimeout(timer));
  });
}
