import { expect, it, vi } from 'vitest';
import { parseWorkerRequest } from '../core/messages/workers';
import { borrowWorkers } from './borrowed-workers';

/** A devtools page whose Workers answer what they are told, or fail. */
function createOwner() {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const asked: unknown[] = [];
  return {
    asked,
    tell: (data: unknown) => {
      for (const listener of listeners) listener({ data });
    },
    postMessage(request: unknown, [port]: MessagePort[]) {
      asked.push(parseWorkerRequest(request));
      if (port) port.onmessage = ({ data }) => port.postMessage(`heard ${data}`);
    },
    addEventListener: (_: string, listener: (event: { data: unknown }) => void) => void listeners.push(listener),
  };
}

it('speaks to a Worker that another one makes, until it is ended', async () => {
  const owner = createOwner();
  const worker = borrowWorkers(owner as never)('probe');
  const heard = new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage('this');
  expect(await heard).toBe('heard this');
  worker.terminate();
  expect(owner.asked).toEqual([
    { type: 'worker', id: 1, kind: 'probe' },
    { type: 'end worker', id: 1 },
  ]);
});

it('hears of failures, each of its own', () => {
  vi.stubGlobal('ErrorEvent', class extends Event {});
  const owner = createOwner();
  const borrow = borrowWorkers(owner as never);
  const [one, other] = [borrow('reader'), borrow('reader')];
  one.onerror = vi.fn();
  other.onerror = vi.fn();
  owner.tell({ type: 'worker failed', id: 2, message: 'no such file' });
  owner.tell({ type: 'something else', id: 1 });
  expect(one.onerror).not.toHaveBeenCalled();
  expect(other.onerror).toHaveBeenCalledOnce();
  one.terminate();
  other.terminate();
  vi.unstubAllGlobals();
});
