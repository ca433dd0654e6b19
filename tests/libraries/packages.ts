import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { exercise } from './scenarios/exercise';

const packages = join(import.meta.dirname, '../../node_modules');

/** What pages load, by the path at which they find it: the packages' own files for browsers, unchanged. */
const FILES: Record<string, string> = {
  '/amqp.js': '@cloudamqp/amqp-client/dist/amqp-websocket-client.mjs',
  '/actioncable.js': '@rails/actioncable/app/assets/javascripts/actioncable.js',
  '/centrifuge.js': 'centrifuge/dist/centrifuge.js',
  '/colyseus.js': 'colyseus.js/dist/colyseus.js',
  '/mock-socket.js': 'mock-socket/dist/mock-socket.js',
  // The worker of MSW must stand at the root.
  '/mockServiceWorker.js': 'msw/lib/mockServiceWorker.js',
  '/mqtt.js': 'mqtt/dist/mqtt.js',
  '/msw.js': 'msw/lib/iife/index.js',
  '/nats.js': 'nats.ws/esm/nats.js',
  '/phoenix.js': 'phoenix/priv/static/phoenix.js',
  '/pusher.js': 'pusher-js/dist/web/pusher.js',
  '/reconnecting-websocket.js': 'reconnecting-websocket/dist/reconnecting-websocket-iife.js',
  '/rpc-websockets.js': 'rpc-websockets/dist/index.browser-bundle.js',
  '/signalr.js': '@microsoft/signalr/dist/browser/signalr.js',
  '/socket.io-v2.js': 'socket.io-client-v2/dist/socket.io.js',
  '/socket.io.js': 'socket.io-client/dist/socket.io.js',
  '/sockjs.js': 'sockjs-client/dist/sockjs.js',
  '/stomp.js': '@stomp/stompjs/bundles/stomp.umd.js',
  '/zone.js': 'zone.js/bundles/zone.umd.js',
};

/** Modules that are several files. */
const FOLDERS: Record<string, string> = { 'graphql-ws': 'graphql-ws/dist', partysocket: 'partysocket/dist' };

const bundles = new Map<string, Promise<string>>();

/** The script that stands at a path; `null` where there is none. */
export async function scriptAt(path: string): Promise<string | null> {
  if (path === '/exercise.js') return `globalThis.exercise = ${exercise}`;
  const [, folder, name] = path.match(/^\/([\w-]+)\/([\w-]+\.js)$/) ?? [];
  if (folder === 'bundles') {
    const made = bundles.get(name) ?? bundle(name.replace(/\.js$/, '.ts'));
    bundles.set(name, made);
    return await made;
  }
  const file = FILES[path] ?? (folder in FOLDERS ? join(FOLDERS[folder], name) : null);
  return file ? readFileSync(join(packages, file), 'utf8') : null;
}

/** Packages without a file for browsers, as one module. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, 'bundles'),
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [made] = [result].flat();
  if (!('output' in made)) throw new Error(`${entry} was not built`);
  return made.output[0].code;
}
