import { version } from '../../package.json';
import { compileFilter } from '../core/filter';
import { isRecord, type Transport } from '../core/messages/rpc';
import { borrowWorkers } from './borrowed-workers';
import { openDatabase } from './database';
import { createChannel } from './others';
import { createServer } from './server';

const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
const borrow = borrowWorkers(scope);
const connect = createServer({
  openDatabase,
  loadDecoders: () => import('../core/decode/registry'),
  loadFormats: () => import('../core/format/registry'),
  compileFilter,
  locks: navigator.locks ?? null,
  createProbe: () => borrow('probe'),
  createReader: () => borrow('reader'),
  createSandbox: () => borrow('sandbox'),
  createChannel,
  now: Date.now,
  version,
});

// The recorder made this Worker and speaks over its own port; panels get a port each, handed over by the recorder.
connect(transportOf(scope));
scope.addEventListener('message', (event) => {
  const port = event.ports[0];
  if (!isRecord(event.data) || event.data.type !== 'port' || port === undefined) return;
  connect(transportOf(port));
  port.start();
});

function transportOf(port: Pick<Worker, 'postMessage' | 'addEventListener'>): Transport {
  return {
    send: (message, transfer) => port.postMessage(message, transfer ?? []),
    subscribe: (listener) => port.addEventListener('message', (event) => listener(event.data)),
  };
}
