import type { Any, Scenario } from '../scenario';

export const phoenix: Scenario = {
  scripts: ['phoenix.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const socket = new (globalThis as Any).Phoenix.Socket(`${wsUrl}/socket`);
    socket.onOpen(() => told.push('open'));
    socket.onClose(({ code, wasClean }: CloseEvent) => told.push(`closed ${code} ${wasClean}`));
    socket.connect();
    const channel = socket.channel('room:lobby', { token: 'abc' });
    const ok = (push: Any) => new Promise((done) => push.receive('ok', done));
    told.push(`joined ${JSON.stringify(await ok(channel.join()))} ${channel.state}`);
    const shout = new Promise((done) => channel.on('shout', done));
    await ok(channel.push('shout', { text: 'hello', n: 1 }));
    told.push(JSON.stringify(await shout));
    const drawing = new Promise<ArrayBuffer>((done) => channel.on('drawing', done));
    channel.push('draw', Uint8Array.of(1, 2, 250).buffer);
    told.push(new Uint8Array(await drawing).join());
    const over = new Promise<void>((done) => {
      socket.onMessage(({ event }: Any) => event === 'phx_close' && done());
    });
    await ok(channel.leave());
    await over;
    told.push(channel.state);
    await new Promise<void>((done) => socket.disconnect(done, 1000, 'enough'));
    return told;
  },
};
