import type { Any, Scenario } from '../scenario';

export const mqtt: Scenario = {
  scripts: ['mqtt.js'],
  run: async (wsUrl) => {
    const told: string[] = [];
    const client = await (globalThis as Any).mqtt.connectAsync(`${wsUrl}/mqtt`, {
      clientId: 'thermostat',
      keepalive: 0,
      reconnectPeriod: 0,
    });
    const closed = new Promise((done) => client.on('close', done));
    const packets: string[] = [];
    client.on('packetreceive', ({ cmd }: Any) => packets.push(cmd));
    told.push(JSON.stringify(await client.subscribeAsync('sensors/#', { qos: 1 })));
    for (const [qos, payload] of [
      [0, '{"celsius":21.5}'],
      [1, 'x'.repeat(70_000)],
      [2, 'twenty'],
    ] as const) {
      const came = new Promise<string>((done) => {
        client.once('message', (topic: string, bytes: Uint8Array) => done(`${topic} ${bytes.length}`));
      });
      await client.publishAsync(`sensors/${qos}`, payload, { qos });
      told.push(await came);
    }
    await client.unsubscribeAsync('sensors/#');
    await client.endAsync();
    await closed;
    // A broker answers and publishes in any order.
    told.push(`closed ${client.connected}`, ...packets.sort());
    return told;
  },
};
