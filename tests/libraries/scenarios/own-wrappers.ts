import type { Scenario } from '../scenario';

export const ownWrappers: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      told.push(`send ${data} ${this.constructor.name}`);
      send.call(this, data);
    };
    class Logged extends WebSocket {
      override close(code?: number): void {
        told.push(`close ${code}`);
        super.close(code);
      }
    }
    globalThis.WebSocket = Logged;
    const socket = new WebSocket(`${wsUrl}/echo`);
    await new Promise((open) => socket.addEventListener('open', open));
    const answer = new Promise<string>((done) => socket.addEventListener('message', ({ data }) => done(data)));
    socket.send('sent by way of both');
    told.push(await answer, `${socket instanceof Logged} ${Object.keys(socket).length}`);
    const closed = new Promise<CloseEvent>((done) => socket.addEventListener('close', done));
    socket.close(1000);
    told.push(`closed ${(await closed).code}`);
    return told;
  },
};
