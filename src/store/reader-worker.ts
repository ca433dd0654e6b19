import { type Database, openDatabase } from './database';
import { loadSegment } from './load-payloads';
import type { ReadRequest } from './segment-reader';
import { onPort } from './worker-port';

let database: Promise<Database | null> | null = null;

onPort((port) => {
  port.onmessage = async ({ data: request }: MessageEvent<ReadRequest | { type: 'discard' }>) => {
    if (request.type !== 'read') return;
    const { id, session, segment } = request;
    database ??= openDatabase(() => {
      // Gone, or wanted by another version: the next request tries again, and finds out.
      database = null;
    }).catch(() => null);
    const data = await loadSegment(await database, session, segment);
    port.postMessage({ type: 'segment', id, data }, data === null ? [] : [data.buffer]);
  };
});
