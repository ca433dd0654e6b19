import { signal } from '@preact/signals';
import { portTransport } from '../portTransport';
import { createPanel, type Panel } from '../state/panel';
import { FakeRecorder } from './fakeRecorder';
import { fakeStorage } from './fakeStorage';
import { FakeStore } from './fakeStore';

export interface FakePanel {
  panel: Panel;
  store: FakeStore;
  recorder: FakeRecorder;
  close(): void;
}

/** The panel's state, connected to a made-up store and recorder over real ports. */
export function fakePanel(frames: number): FakePanel {
  const panel = createPanel({ storage: fakeStorage(), now: () => 0, narrow: signal(false) });
  const storePorts = new MessageChannel();
  const recorderPorts = new MessageChannel();
  const store = new FakeStore(portTransport(storePorts.port2), frames);
  const recorder = new FakeRecorder(portTransport(recorderPorts.port2), () => store.clear());
  panel.link.connect(portTransport(storePorts.port1), portTransport(recorderPorts.port1));
  return {
    panel,
    store,
    recorder,
    close() {
      for (const port of [storePorts.port1, storePorts.port2, recorderPorts.port1, recorderPorts.port2]) port.close();
    },
  };
}
