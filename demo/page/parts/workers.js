import { button, row } from '../lib/dom.js';
import { TrafficLog } from '../lib/traffic-log.js';

export const id = 'workers';
export const title = 'Workers';
export const explanation =
  'Sockets that live outside of any document: in dedicated, module, shared and service workers.';

export function mount(section) {
  const log = new TrafficLog('Worker traffic');
  const running = [];
  const note = ({ data }) => log.note(data);

  const dedicated = () => {
    const worker = new Worker('/workers/dedicated.js');
    worker.onmessage = note;
    running.push(worker);
  };
  const module = () => {
    const worker = new Worker('/workers/module.js', { type: 'module' });
    worker.onmessage = note;
    running.push(worker);
  };
  const shared = () => {
    if (typeof SharedWorker === 'undefined') {
      log.note('this browser has no shared workers');
      return;
    }
    const worker = new SharedWorker('/workers/shared.js');
    worker.port.onmessage = note;
    worker.port.start();
  };
  const service = async () => {
    if (!navigator.serviceWorker) {
      log.note('this browser has no service workers here');
      return;
    }
    navigator.serviceWorker.onmessage = note;
    navigator.serviceWorker.startMessages();
    const registration = await navigator.serviceWorker.register('/workers/service.js');
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    worker?.postMessage('open a socket');
  };
  const stop = () => {
    for (const worker of running.splice(0)) worker.terminate();
    log.note('dedicated workers ended');
  };
  section.append(
    log.element,
    row(
      button('Dedicated', dedicated),
      button('Module', module),
      button('Shared', shared),
      button('Service', service),
      button('End dedicated', stop),
    ),
  );
  return dedicated;
}
