import type { Any, Scenario } from '../scenario';

/** Puts a subclass in the place of `WebSocket`, and wraps listeners, timers, `fetch`, requests and history. */
export const newRelic: Scenario = {
  scripts: ['exercise.js'],
  errors: ['of the page, under New Relic', 'of the page, taken off'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { exercise } = globalThis as Any;
    const native = WebSocket;
    const kept = new WebSocket(`${wsUrl}/echo`);
    await new Promise((open) => kept.addEventListener('open', open));
    const module = '/bundles/new-relic.js';
    const { BrowserAgent } = await import(module);
    const ids = { licenseKey: 'key', applicationID: '1' };
    const agent = new BrowserAgent({
      init: { ssl: false, web_sockets: { enabled: true } },
      info: { beacon: location.host, errorBeacon: location.host, sa: 1, ...ids },
      loader_config: { accountID: '1', trustKey: '1', agentID: '1', ...ids },
    });
    told.push(
      `in place ${WebSocket !== native} ${Object.getPrototypeOf(WebSocket) === native} ${agent.runtime !== null}`,
    );
    const answer = new Promise<MessageEvent>((done) => kept.addEventListener('message', done));
    kept.send('on a socket from before New Relic');
    told.push((await answer).data);
    const measured = (socket: Any) => {
      const { sendCount, sendBytes, sendTypes, messageCount, messageBytes, messageTypes, closeCode, hasErrors } =
        socket.nrData;
      told.push(
        [sendCount, sendBytes, sendTypes, messageCount, messageBytes, messageTypes, closeCode, hasErrors].join(),
      );
    };
    measured(await exercise('under New Relic', `${wsUrl}/echo`, told));
    const connecting = new WebSocket(`${wsUrl}/echo`);
    try {
      connecting.send('too early');
    } catch (error) {
      const { name, message, stack, __newrelic } = error as Any;
      told.push(`refused ${name} ${message} ${__newrelic.socketId.length} ${stack?.split('\n').length}`);
    }
    await new Promise((open) => connecting.addEventListener('open', open));
    const closed = new Promise((done) => connecting.addEventListener('close', done));
    connecting.close();
    await closed;
    measured(connecting);
    globalThis.WebSocket = native;
    await exercise('taken off', `${wsUrl}/echo`, told);
    const ended = new Promise((done) => kept.addEventListener('close', done));
    kept.close(1000);
    await ended;
    return told;
  },
};
