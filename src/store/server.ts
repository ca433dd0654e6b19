import { type Handlers, serve, type Transport } from '../core/messages/rpc';
import type { StoreCalls, StoreEvents } from '../core/messages/store';
import { fileHandlers } from './files';
import { healthHandlers } from './insight/health-handlers';
import { insightHandlers } from './insight/insight-handlers';
import { timelineHandlers } from './insight/timeline-handlers';
import { libraryHandlers } from './library';
import { readingHandlers } from './reading';
import { recordingHandlers } from './recording';
import { schemaHandlers } from './schema-handlers';
import { type Emit, Store, type StoreDeps } from './store';
import { userDecoderHandlers } from './user-decoder-handlers';

type Send = <K extends keyof StoreEvents & string>(event: K, data: StoreEvents[K]) => void;

/**
 * The store with all its calls.
 * @returns a function that serves them to one more transport; events go to all
 */
export function createServer(deps: StoreDeps): (transport: Transport) => void {
  const ends: Send[] = [];
  const emit: Emit = (event, data) => {
    for (const send of ends) send(event, data);
  };
  const store = new Store(deps, emit);
  const handlers: Handlers<StoreCalls> = {
    ...recordingHandlers(store),
    ...readingHandlers(store),
    ...insightHandlers(store),
    ...timelineHandlers(store),
    ...healthHandlers(store),
    ...libraryHandlers(store),
    ...fileHandlers(store),
    ...schemaHandlers(store),
    ...userDecoderHandlers(store),
  };
  return (transport) => {
    ends.push(serve<StoreCalls, StoreEvents>(transport, handlers));
  };
}
