import type { Any, Scenario } from '../scenario';

export const centrifuge: Scenario = {
  scripts: ['centrifuge.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const client = new (globalThis as Any).Centrifuge(`${wsUrl}/connection/websocket`, { token: 'jwt' });
    for (const event of ['connecting', 'connected', 'disconnected', 'error']) {
      client.on(event, ({ code, reason }: Any) => told.push(`${event} ${code} ${reason}`));
    }
    client.connect();
    await client.ready();
    const news = client.newSubscription('news');
    news.subscribe();
    await news.ready();
    const published = new Promise<Any>((done) => news.on('publication', done));
    await news.publish({ headline: 'hello' });
    told.push(JSON.stringify((await published).data));
    told.push(JSON.stringify(await client.rpc('add', [1, 2])));
    told.push(JSON.stringify(await client.rpc('forbidden', null).catch((error: unknown) => error)));
    client.disconnect();
    return told;
  },
};
