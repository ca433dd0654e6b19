import { portTransport } from '../portTransport';
import { FakeRecorder } from './fakeRecorder';
import { FakeStore } from './fakeStore';

/** Loads the real panel into this page and plays the devtools page to it. `?frames=N&theme=dark&rate=N&connect=no`. */
const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme) document.documentElement.dataset.theme = theme;
await import('../main');

const store = new MessageChannel();
const recorder = new MessageChannel();
const fakeStore = new FakeStore(portTransport(store.port2), Number(query.get('frames') ?? 1000));
const fakeRecorder = new FakeRecorder(portTransport(recorder.port2), () => fakeStore.clear());
if (query.get('connections') === '0') fakeStore.connections = [];
if (query.get('connect') !== 'no')
  window.postMessage({ type: 'framescope:ports' }, location.origin, [store.port1, recorder.port1]);

const rate = Number(query.get('rate') ?? 0);
if (rate) setInterval(() => fakeStore.grow(Math.round(rate / 20)), 50);
Object.assign(window, { fakeStore, fakeRecorder });
