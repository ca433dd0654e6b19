import type { Any, Scenario } from '../scenario';

export const rpcWebSockets: Scenario = {
  scripts: ['rpc-websockets.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const client = new (globalThis as Any).RPCWebSocket.Client(`${wsUrl}/rpc`, { reconnect: false });
    await new Promise((done) => client.on('open', done));
    told.push(`sum ${await client.call('sum', [5, 3])}`);
    told.push(JSON.stringify(await client.call('missing').catch((error: unknown) => error)));
    told.push(JSON.stringify(await client.subscribe('feed')));
    const heard = new Promise((done) => client.on('feed', done));
    told.push(await client.call('say', [1.5]), `heard ${await heard}`);
    const closed = new Promise((done) => client.on('close', (code: number) => done(code)));
    client.close(1000, 'enough');
    told.push(`closed ${await closed}`);
    return told;
  },
};
