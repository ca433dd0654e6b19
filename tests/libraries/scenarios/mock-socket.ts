import type { Any, Scenario } from '../scenario';

export const mockSocket: Scenario = {
  scripts: ['mock-socket.js'],
  mocked: ['only mocked', 'a mocked answer'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const native = WebSocket;
    const { Server } = (globalThis as Any).Mock;
    const server = new Server('ws://mocked.test/');
    server.on('connection', (socket: Any) => socket.on('message', () => socket.send('a mocked answer')));
    const say = async (url: string, text: string) => {
      const socket = new WebSocket(url);
      await new Promise((open) => socket.addEventListener('open', open));
      const answer = new Promise<string>((done) => socket.addEventListener('message', ({ data }) => done(data)));
      socket.send(text);
      told.push(await answer);
      const closed = new Promise((done) => socket.addEventListener('close', done));
      socket.close();
      await closed;
    };
    told.push(`replaced ${WebSocket !== native}`);
    await say('ws://mocked.test/', 'only mocked');
    server.stop();
    told.push(`restored ${WebSocket === native}`);
    await say(`${wsUrl}/echo`, 'really sent');
    return told;
  },
};
