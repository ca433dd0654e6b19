import { isRecord } from '../core/messages/rpc';

/**
 * Waits for the devtools page to hand over its two ports, each time that it does, and to tell the theme; answers where it asks whether
 * the panel is there. Messages of another origin are ignored, so nothing but the extension itself can speak to the panel.
 */
export function listenToDevtoolsPage(
  target: Window,
  connected: (store: MessagePort, recorder: MessagePort) => void,
  themed: (theme: unknown) => void,
): void {
  target.addEventListener('message', ({ origin, source, data, ports: [store, recorder] }) => {
    if (origin !== target.location.origin || !isRecord(data)) return;
    if (data.type === 'framescope:ask') source?.postMessage({ type: 'framescope:there' }, { targetOrigin: '*' });
    if (data.type === 'framescope:theme') themed(data.theme);
    if (data.type === 'framescope:ports' && store && recorder) connected(store, recorder);
  });
}
