import type { Any, Scenario } from '../scenario';

export const reconnectingWebSocket: Scenario = {
  scripts: ['reconnecting-websocket.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const socket = new (globalThis as Any).ReconnectingWebSocket(`${wsUrl}/echo`, [], {
      minReconnectionDelay: 1,
      maxReconnectionDelay: 1,
    });
    const next = (type: string) => new Promise<Any>((done) => socket.addEventListener(type, done, { once: true }));
    for (const text of ['hello again', 'after the reconnect']) {
      await next('open');
      const message = next('message');
      socket.send(text);
      told.push((await message).data, String(socket.retryCount));
      if (text === 'hello again') socket.reconnect(3456, 'once more');
    }
    const closed = next('close');
    socket.close(1000);
    told.push(`closed ${(await closed).code}`);
    return told;
  },
};
