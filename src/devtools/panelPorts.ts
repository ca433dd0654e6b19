import type browser from 'webextension-polyfill';
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
      window.postMessage({ type: 'framescope:ports' }, location.origin, [store.port2, recorder.port2]);
      tellTheme(window, theme.now());
    };
    // Its script listens from before the load event; until it is there, its place is taken by an empty page.
    if (window.document.readyState === 'complete' && window.location.protocol !== 'about:') give();
    else window.addEventListener('load', give, { once: true });
  });
  theme.onChange((name) => served && tellTheme(served, name));
}

function tellTheme(window: Window, theme: string | undefined): void {
  window.postMessage({ type: 'framescope:theme', theme }, location.origin);
}
