import type { Any, Scenario } from '../scenario';

export const pusher: Scenario = {
  scripts: ['pusher.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const client = new (globalThis as Any).Pusher('app-key', {
      wsHost: '127.0.0.1',
      wsPort: Number(new URL(wsUrl).port),
      cluster: 'test',
      forceTLS: false,
      enableStats: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        customHandler: (_: unknown, done: Any) => done(null, { auth: 'app-key:signature' }),
      },
    });
    client.connection.bind('state_change', ({ previous, current }: Any) => told.push(`${previous} to ${current}`));
    const trades = client.subscribe('trades');
    told.push(JSON.stringify(await new Promise((done) => trades.bind('trade', done))));
    const room = client.subscribe('private-room');
    await new Promise((done) => room.bind('pusher:subscription_succeeded', done));
    told.push(`sent ${room.trigger('client-typing', { user: 'ada' })}`);
    client.unsubscribe('trades');
    // The library sends later than it is told to; what it sends after that is answered.
    const news = client.subscribe('news');
    await new Promise((done) => news.bind('pusher:subscription_succeeded', done));
    client.disconnect();
    return told;
  },
};
