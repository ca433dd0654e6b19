import type { Any, Scenario } from '../scenario';

export const colyseus: Scenario = {
  scripts: ['colyseus.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const client = new (globalThis as Any).Colyseus.Client(`${wsUrl}/colyseus`);
    const room = await client.joinOrCreate('table');
    const states: number[] = [];
    const turned = new Promise<void>((done) => {
      room.onStateChange(({ turn }: Any) => {
        states.push(turn);
        if (turn === 1) done();
      });
    });
    const moved = new Promise((done) => room.onMessage('moved', done));
    const bytes = new Promise<Uint8Array>((done) => room.onMessage('bytes', done));
    room.send('move', { x: 7 });
    told.push(JSON.stringify(await moved));
    await turned;
    told.push(`turns ${states.join()}`);
    room.sendBytes('bytes', Uint8Array.of(9));
    told.push(new Uint8Array(await bytes).join());
    told.push(`left ${await room.leave()}`);
    return told;
  },
};
