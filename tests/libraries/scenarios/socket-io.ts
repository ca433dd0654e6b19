import type { Any, Scenario } from '../scenario';

export const socketIo: Scenario = {
  scripts: ['socket.io.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const io = (globalThis as Any).io;
    const socket = io(wsUrl.replace('ws:', 'http:'), { transports: ['websocket'] });
    await new Promise((done) => socket.on('connect', done));
    told.push(`connected ${socket.io.engine.transport.name}`);
    told.push(`sum ${await new Promise((done) => socket.emit('add', 2, 3, done))}`);
    const bytes = new Promise<string>((done) =>
      socket.on('bytes', (length: number, data: ArrayBuffer) => done(`${length} ${new Uint8Array(data).join()}`)),
    );
    socket.emit('bytes', Uint8Array.of(1, 2, 255));
    told.push(await bytes);
    const gone = new Promise((done) => socket.on('disconnect', done));
    socket.emit('leave');
    told.push(`disconnected: ${await gone}`);
    // Over again: requests, a socket, a break, and the same once more.
    const again = io(wsUrl.replace('ws:', 'http:'), { forceNew: true, reconnectionDelay: 1, randomizationFactor: 0 });
    for (const breaks of [true, false]) {
      if (!again.connected) await new Promise((done) => again.once('connect', done));
      const { engine } = again.io;
      if (engine.transport.name !== 'websocket') await new Promise((done) => engine.once('upgrade', done));
      told.push(`sum ${await again.emitWithAck('add', 4, 5)} by ${again.io.engine.transport.name}`);
      const lost = new Promise((done) => again.once('disconnect', done));
      if (breaks) again.io.engine.close();
      else again.disconnect();
      told.push(`disconnected: ${await lost}`);
    }
    return told;
  },
};
