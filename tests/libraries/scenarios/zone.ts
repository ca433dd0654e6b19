import type { Any, Scenario } from '../scenario';

export const zone: Scenario = {
  scripts: ['zone.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { Zone } = globalThis as Any;
    const zone = Zone.current.fork({ name: 'mine' });
    const socket: WebSocket = zone.run(() => new WebSocket(`${wsUrl}/echo`));
    const here = (what: string) => told.push(`${what} in ${Zone.current.name}`);
    const opened = new Promise((done) => {
      zone.run(() => {
        socket.onopen = () => {
          here('open');
          done(null);
        };
      });
    });
    await opened;
    const answered = new Promise<void>((done) => {
      zone.run(() =>
        socket.addEventListener(
          'message',
          ({ data }) => {
            here(`message ${data}`);
            done();
          },
          { once: true },
        ),
      );
    });
    socket.send('in a zone');
    await answered;
    told.push(`${socket instanceof WebSocket} ${Object.prototype.toString.call(socket)} ${WebSocket.name}`);
    const closed = new Promise<void>((done) => {
      zone.run(() => {
        socket.onclose = ({ code }) => {
          here(`close ${code}`);
          done();
        };
      });
    });
    socket.close(1000);
    await closed;
    return told;
  },
};
