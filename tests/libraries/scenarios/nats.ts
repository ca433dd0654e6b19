import type { Any, Scenario } from '../scenario';

export const nats: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/nats.js';
    const { connect, headers, StringCodec } = await import(module);
    const codec = StringCodec();
    const client = await connect({ servers: `${wsUrl}/nats`, name: 'page', reconnect: false });
    const prices = client.subscribe('prices.>');
    client.subscribe('time', { callback: (_: unknown, message: Any) => message.respond(codec.encode('12:00')) });
    client.publish('prices.gold', codec.encode('{"usd":2650}'));
    const extra = headers();
    extra.append('Source', 'test');
    client.publish('prices.silver', Uint8Array.of(0, 255), { headers: extra });
    for await (const { subject, data, headers: got } of prices) {
      told.push(`${subject} ${data.join()} ${got?.get('Source')}`);
      if (got) break;
    }
    told.push(codec.decode((await client.request('time', codec.encode('now?'), { timeout: 5000 })).data));
    await client.drain();
    told.push(`closed ${await client.closed()}`);
    return told;
  },
};
