import type browser from 'webextension-polyfill';
import { isRecord } from '../core/messages/rpc';
import type { DevtoolsTheme } from './theme';

type Panel = Awaited<ReturnType<typeof browser.devtools.panels.create>>;

/**
 * Gives every panel page that is shown its two ports, once: to the store and to the recorder, and tells it the theme. A panel page is
 * made when its tab is first shown, and (in Firefox) anew when DevTools moves to another side.
 */
export function givePorts(
  panel: Panel,
  toStore: (port: MessagePort) => void,
  toRecorder: (port: MessagePort) => void,
  theme: DevtoolsTheme,
): void {
  let served: Window | null = null;
  panel.onShown.addListener((window) => {
    if (served === window) return;
    served = window;
    const give = () => {
      const store = new MessageChannel();
      const recorder = new MessageChannel();
      toStore(store.port1);
      toRecorder(recorder.port1);
      window.postMessage({ type: 'framescope:ports' }, originOf(window), [store.port2, recorder.port2]);
      tellTheme(window, theme.now());
    };
    if (originOf(window) === '*') askUntilThere(window, () => window === served, give);
    // Its script listens from before the load event; until it is there, its place is taken by an empty page.
    else if (window.document.readyState === 'complete' && window.location.protocol !== 'about:') give();
    else window.addEventListener('load', give, { once: true });
  });
  theme.onChange((name) => served && tellTheme(served, name));
}

function tellTheme(window: Window, theme: string | undefined): void {
  window.postMessage({ type: 'framescope:theme', theme }, originOf(window));
}

/**
 * For which origin a message to the panel is meant. In Firefox the panel of a private window is of another one than this page, though it
 * has the same name: nothing may be asked of its window, and messages reach it only if they are meant for any.
 */
function originOf(window: Window): string {
  try {
    return window.document ? location.origin : '*';
  } catch {
    return '*';
  }
}

/** Asks a panel that cannot be watched until it answers. @param goOn whether it is still the one that is shown */
function askUntilThere(window: Window, goOn: () => boolean, there: () => void): void {
  const heard = ({ source, data }: MessageEvent) => {
    if (source !== window || !isRecord(data) || data.type !== 'framescope:there') return;
    stop();
    there();
  };
  const timer = setInterval(() => (goOn() ? window.postMessage({ type: 'framescope:ask' }, '*') : stop()), 50);
  const stop = () => {
    clearInterval(timer);
    removeEventListener('message', heard);
  };
  addEventListener('message', heard);
}
