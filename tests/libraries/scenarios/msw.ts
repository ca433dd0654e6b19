import type { Any, Scenario } from '../scenario';

/** Puts a proxy in the place of `WebSocket` that makes sockets of its own, and real ones behind those. */
export const msw: Scenario = {
  scripts: ['exercise.js', 'msw.js'],
  errors: ['of the page, passed on', 'of the page, unknown to MSW', 'of the page, mocked', 'of the page, stopped'],
  mocked: ['only mocked', 'a mocked answer', 'changed on its way'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { exercise } = globalThis as Any;
    const native = WebSocket;
    const kept = new WebSocket(`${wsUrl}/echo`);
    await new Promise((open) => kept.addEventListener('open', open));
    const { setupWorker, ws } = (globalThis as Any).MockServiceWorker;
    const mocked = ws.link('ws://mocked.test/');
    const changed = ws.link(`${wsUrl}/echo/changed`);
    const passed = ws.link(`${wsUrl}/echo/passed`);
    const worker = setupWorker(
      passed.addEventListener('connection', ({ server }: Any) => server.connect()),
      changed.addEventListener('connection', ({ client, server }: Any) => {
        server.connect();
        client.addEventListener('message', (event: Event) => {
          event.preventDefault();
          server.send('changed by a handler');
        });
      }),
      mocked.addEventListener('connection', ({ client }: Any) => {
        client.addEventListener('message', ({ data }: MessageEvent) => {
          client.send(data === 'only mocked' ? 'a mocked answer' : data);
        });
      }),
    );
    await worker.start({ quiet: true, onUnhandledRequest: 'bypass' });
    told.push(`in place ${WebSocket !== native}`);
    const answer = new Promise<MessageEvent>((done) => kept.addEventListener('message', done));
    kept.send('on a socket from before MSW');
    told.push((await answer).data);
    await exercise('passed on', `${wsUrl}/echo/passed`, told);
    await exercise('unknown to MSW', `${wsUrl}/echo`, told);
    await exercise('mocked', 'ws://mocked.test/', told);
    for (const [url, text] of [
      ['ws://mocked.test/', 'only mocked'],
      [`${wsUrl}/echo/changed`, 'changed on its way'],
    ]) {
      const socket = new WebSocket(url);
      await new Promise((open) => socket.addEventListener('open', open));
      const heard = new Promise<MessageEvent>((done) => socket.addEventListener('message', done));
      socket.send(text);
      told.push((await heard).data);
      const closed = new Promise((done) => socket.addEventListener('close', done));
      socket.close();
      await closed;
    }
    worker.stop();
    told.push(`restored ${WebSocket === native}`);
    await exercise('stopped', `${wsUrl}/echo`, told);
    const ended = new Promise((done) => kept.addEventListener('close', done));
    kept.close(1000);
    await ended;
    return told;
  },
};
