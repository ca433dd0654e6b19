import type { Any, Scenario } from '../scenario';

export const partySocket: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/partysocket/index.js';
    const { PartySocket } = await import(module);
    const socket = new PartySocket({
      host: new URL(wsUrl).host,
      room: 'lobby',
      minReconnectionDelay: 1,
      maxReconnectionDelay: 1,
    });
    const next = (type: string) => new Promise<Any>((done) => socket.addEventListener(type, done, { once: true }));
    socket.binaryType = 'arraybuffer';
    socket.send('from before it was open');
    told.push((await next('message')).data);
    for (const again of [false, true]) {
      const message = next('message');
      socket.send(Uint8Array.of(1, 2, again ? 4 : 3));
      told.push(`${new Uint8Array((await message).data).join()} ${socket.retryCount} ${socket.readyState}`);
      if (again) continue;
      socket.reconnect(3456, 'once more');
      await next('open');
    }
    const closed = next('close');
    socket.close(1000, 'enough');
    const { code, reason, wasClean } = await closed;
    told.push(`closed ${code} ${reason} ${wasClean}`);
    return told;
  },
};
