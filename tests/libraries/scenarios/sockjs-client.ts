import type { Any, Scenario } from '../scenario';

export const sockJsClient: Scenario = {
  scripts: ['sockjs.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const socket = new (globalThis as Any).SockJS(`${wsUrl.replace('ws:', 'http:')}/sockjs`, null, {
      transports: ['websocket'],
    });
    await new Promise((done) => {
      socket.onopen = done;
    });
    told.push(`open ${socket.transport} ${socket.readyState}`);
    const answer = new Promise<string>((done) => {
      socket.onmessage = ({ data }: MessageEvent) => done(data);
    });
    socket.send('hello sockjs');
    told.push(await answer);
    const closed = new Promise<CloseEvent>((done) => {
      socket.onclose = done;
    });
    socket.close(3001, 'enough');
    const { code, reason } = await closed;
    told.push(`closed ${code} ${reason}`);
    return told;
  },
};
