import { type Database, openDatabase } from './database';
import { loadSegment } from './load-payloads';
import type { ReadRequest } from './segment-reader';

let database: Promise<Database | null> | null = null;

const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
scope.addEventListener('message', async ({ data: request }: MessageEvent<ReadRequest | { type: 'discard' }>) => {
  if (request.type !== 'read') return;
  const { id, session, segment } = request;
  database ??= openDatabase(() => {
    // Gone, or wanted by another version: the next request tries again, and finds out.
    database = null;
  }).catch(() => null);
  const data = await loadSegment(await database, session, segment);
  scope.postMessage({ type: 'segment', id, data }, data === null ? [] : [data.buffer]);
});
