import { isRecord } from '../../core/messages/rpc';
import type { DocumentInfo } from '../../core/model/connection';
import type { Call } from './socket-entry';

type Kind = DocumentInfo['kind'];

/** Fetch Metadata §2.1: what a worker's script is fetched as. */
const KINDS: Readonly<Record<string, Kind>> = {
  worker: 'worker',
  sharedworker: 'shared worker',
  serviceworker: 'service worker',
};

/** Scripts that were loaded as workers, by which a socket that no page announced is told to be a worker's. */
export class WorkerScripts {
  private readonly kinds = new Map<string, Kind>();

  /** Looks at an entry of the network log. */
  look(entry: unknown): void {
    if (!isRecord(entry) || !isRecord(entry.request) || typeof entry.request.url !== 'string') return;
    const { url, headers } = entry.request;
    if (!Array.isArray(headers)) return;
    for (const header of headers) {
      if (!isRecord(header) || String(header.name).toLowerCase() !== 'sec-fetch-dest') continue;
      const kind = KINDS[String(header.value)];
      if (kind) this.kinds.set(url, kind);
    }
  }

  /** @returns where a socket that was constructed by these calls lives */
  place(calls: readonly Call[]): { kind: Kind; url: string } {
    for (const { url } of calls) {
      const kind = this.kinds.get(url);
      if (kind) return { kind, url };
    }
    const outermost = calls.findLast(({ url }) => url !== '')?.url ?? '';
    // Pages run their own code from URLs of this kind only as workers.
    return { kind: outermost.startsWith('blob:') ? 'worker' : 'unknown', url: outermost };
  }
}
