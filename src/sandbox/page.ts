import type { FromSandbox, ToSandbox } from '../core/messages/sandbox';

/** The script of the Worker (runner.ts): a page of no origin cannot load one by its address. */
declare const RUNNER: string;

/** A Worker whose script is this text. */
function workerOf(script: string): Worker {
  return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
}

/**
 * Runs a user's function in a Worker of its own, so that one that never ends holds up nobody. This page sees no frame:
 * once the function is there, the port to the store goes to the Worker.
 */
function start(code: string, port: MessagePort): void {
  const tell = (message: FromSandbox): void => port.postMessage(message);
  const worker = workerOf(RUNNER);
  worker.onerror = (event) =>
    tell({ type: 'broken', message: event.message || 'The sandbox did not start', line: null });
  worker.onmessage = ({ data }: MessageEvent<FromSandbox>) => {
    if (data.type === 'alive') {
      tell(data);
      worker.postMessage(code);
    } else if (data.type === 'ready') {
      tell(data);
      worker.postMessage(null, [port]);
    } else if (data.type === 'broken' && data.line === null && data.message.startsWith('SyntaxError')) {
      findSyntaxError(code, (line) => tell({ ...data, line }));
    } else tell(data);
  };
}

/** Chromium tells the line of a syntax error only of a whole script; as it is broken, none of it runs. */
function findSyntaxError(code: string, found: (line: number | null) => void): void {
  // Should it parse after all, it ends before it has begun.
  const worker = workerOf(`throw 0;${code}`);
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    found(/SyntaxError/.test(event.message) ? event.lineno : null);
  };
}

addEventListener('message', ({ data, source, ports: [port] }: MessageEvent<unknown>) => {
  if (source !== parent || port === undefined || (data as { type?: unknown })?.type !== 'port') return;
  port.onmessage = ({ data }: MessageEvent<ToSandbox>) => {
    if (data.type === 'code') start(data.code, port);
  };
});
