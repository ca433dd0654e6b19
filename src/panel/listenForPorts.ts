import { isRecord } from '../core/messages/rpc';

/**
 * Waits for the devtools page to hand over its two ports, each time that it does, and what it knows of the theme. Messages of
 * another origin are ignored, so nothing but the extension itself can speak to the panel.
 */
export function listenForPorts(
  target: Window,
  connected: (store: MessagePort, recorder: MessagePort, theme: string | undefined) => void,
): void {
  target.addEventListener('message', (event) => {
    if (event.origin !== target.location.origin) return;
    if (!isRecord(event.data) || event.data.type !== 'framescope:ports') return;
    const { theme } = event.data;
    const [store, recorder] = event.ports;
    if (store && recorder) connected(store, recorder, typeof theme === 'string' ? theme : undefined);
  });
}
