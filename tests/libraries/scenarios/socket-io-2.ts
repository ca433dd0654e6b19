import type { Any, Scenario } from '../scenario';

/** Begins with requests, and goes over to a socket while it speaks. */
export const socketIo2: Scenario = {
  scripts: ['socket.io-v2.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const socket = (globalThis as Any).io(wsUrl.replace('ws:', 'http:'), { path: '/socket.io-v2' });
    await new Promise((done) => socket.on('connect', done));
    const { engine } = socket.io;
    if (engine.transport.name !== 'websocket') await new Promise((done) => engine.once('upgrade', done));
    told.push(`upgraded to ${engine.transport.name}`);
    told.push(`sum ${await new Promise((done) => socket.emit('add', 2, 3, done))}`);
    const bytes = new Promise<string>((done) => {
      socket.on('bytes', (length: number, data: ArrayBuffer) => done(`${length} ${new Uint8Array(data).join()}`));
    });
    socket.emit('bytes', Uint8Array.of(1, 2, 255).buffer);
    told.push(await bytes);
    const gone = new Promise((done) => socket.on('disconnect', done));
    socket.close();
    told.push(`disconnected: ${await gone}`);
    return told;
  },
};
