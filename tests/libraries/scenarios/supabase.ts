import type { Any, Scenario } from '../scenario';

export const supabase: Scenario = {
  scripts: [],
  run: async (wsUrl) => {
    const told: string[] = [];
    const module = '/bundles/supabase.js';
    const { RealtimeClient } = await import(module);
    const client = new RealtimeClient(`${wsUrl}/realtime/v1`, { params: { apikey: 'key' } });
    const channel = client.channel('room', { config: { broadcast: { ack: false } } });
    const on = (type: string, filter: object) => new Promise<Any>((done) => channel.on(type, filter, done));
    const changed = on('postgres_changes', { event: '*', schema: 'public', table: 'trades' });
    const heard = on('broadcast', { event: 'cursor' });
    await new Promise<void>((done) => {
      channel.subscribe((status: string) => {
        told.push(status);
        if (status === 'SUBSCRIBED') done();
      });
    });
    told.push(`sent ${await channel.send({ type: 'broadcast', event: 'cursor', payload: { x: 1 } })}`);
    told.push(JSON.stringify((await changed).new), JSON.stringify((await heard).payload));
    told.push(`left ${await channel.unsubscribe()}`);
    // The server says a last word about the channel, which a socket that closes would not hear.
    const beat = new Promise<void>((done) => {
      client.onHeartbeat((status: string) => status === 'ok' && done());
    });
    await client.sendHeartbeat();
    await beat;
    await client.disconnect();
    told.push(`${client.connectionState()} ${client.getChannels().length}`);
    return told;
  },
};
