import { RealtimeClient } from '@supabase/realtime-js';
import { WebSocket } from 'ws';
import { once, type Recording, recordServer, said } from '../record-server';

type Parts = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

/** The real client with a server after its protocol: a channel, a change of a table, broadcasts both ways. */
export async function recordSupabase(): Promise<Recording> {
  const server = await recordServer(serveSupabase);
  const client = new RealtimeClient(`${server.url}/realtime/v1`, {
    transport: WebSocket as never,
    params: { apikey: 'key' },
    heartbeatIntervalMs: 100,
  });
  const channel = client.channel('room', { config: { broadcast: { ack: false } } });
  const changed = once((done) =>
    channel.on('postgres_changes', { event: '*', schema: 'public', table: 'trades' }, done),
  );
  const heard = once((done) => channel.on('broadcast', { event: 'cursor' }, done));
  await once<void>((done) => channel.subscribe((status) => status === 'SUBSCRIBED' && done()));
  await channel.send({ type: 'broadcast', event: 'cursor', payload: { x: 1 } });
  await changed;
  await heard;
  const { messages } = server.connections[0]!;
  await said(messages, 'received', '"phoenix"');
  await channel.unsubscribe();
  await client.disconnect();
  await server.close();
  return {
    decoder: 'supabase',
    between: '@supabase/realtime-js with a server after its protocol',
    ...server.connections[0]!,
  };
}

/** Answers one client: a channel that is joined hears of a change, broadcasts come back. */
export function serveSupabase(socket: WebSocket): void {
  const send = (...parts: Parts) => socket.send(JSON.stringify(parts));
  socket.on('message', (data: Buffer, binary) => {
    if (binary) {
      socket.send(broadcast('realtime:room', 'cursor', '{"x":2}'));
      return;
    }
    const [joinRef, ref, topic, event] = JSON.parse(data.toString()) as Parts;
    const changes = [{ id: 7, event: '*', schema: 'public', table: 'trades' }];
    const response = event === 'phx_join' ? { postgres_changes: changes } : {};
    send(joinRef, ref, topic, 'phx_reply', { status: 'ok', response });
    if (event === 'phx_leave') send(joinRef, ref, topic, 'phx_close', {});
    if (event !== 'phx_join') return;
    const columns = [{ name: 'price', type: 'int4' }];
    const row = { schema: 'public', table: 'trades', commit_timestamp: '2026-11-21T00:00:00Z', columns, errors: null };
    send(null, null, topic, 'postgres_changes', { ids: [7], data: { ...row, type: 'INSERT', record: { price: 5 } } });
  });
}

/** Kind 4 of the serializer: lengths of topic, event and metadata, the encoding (1: JSON), the texts, the payload. */
function broadcast(topic: string, event: string, payload: string): Buffer {
  return Buffer.concat([Buffer.of(4, topic.length, event.length, 0, 1), Buffer.from(topic + event + payload)]);
}
