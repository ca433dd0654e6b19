import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeAll } from '../testing/decode-all';
import { decodeOne, nodeAt } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordSupabase } from '../testing/recordings/supabase';
import { supabase } from './supabase';

const recording = await recordSupabase();

protocolSuite(supabase, recording, {
  rows: [
    '↑ phx_join realtime:room | phx_join realtime:room {config: {broadcast: {…}, presence: {…}, postgres_changes: [1 item], private: false}}',
    '↓ phx_reply realtime:room | phx_reply ok realtime:room {status: "ok", response: {postgres_changes: [1 item]}}',
    '↓ postgres_changes INSERT public.trades | postgres_changes INSERT public.trades {schema: "public", table: "trades", commit_timestamp: "2026-11-21T00:00:00Z", columns: [{…}], errors: null, type: "INSERT", record: {price: 5}}',
    '↑ broadcast cursor | broadcast cursor realtime:room {"x":1}',
    '↓ broadcast cursor | broadcast cursor realtime:room {"x":2}',
    '↑ phx_leave realtime:room | phx_leave realtime:room {}',
    '↓ phx_reply realtime:room | phx_reply ok realtime:room {status: "ok", response: {}}',
    '↓ phx_close realtime:room | phx_close realtime:room {}',
  ],
  heartbeats: [
    '↑ heartbeat phoenix | heartbeat phoenix {} ♥',
    '↓ phx_reply phoenix | phx_reply ok phoenix {status: "ok", response: {}} ♥',
  ],
});

test('is chosen before Phoenix', () => {
  expect(chooseDecoder(recording, []).decoder.id).toBe('supabase');
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('supabase');
});

test('fields of a binary broadcast have their bytes', () => {
  const pushed = decodeAll(supabase, recording).find(({ kind }) => kind === 'broadcast cursor');
  const { start, end } = nodeAt(pushed!.tree, 'event');
  expect((end ?? 0) - (start ?? 0)).toBe(6);
  expect(nodeAt(pushed!.tree, 'payload', 'x').value).toBe('1');
});

test('a broadcast in JSON is named (serializer 1.0.0)', () => {
  const message = {
    topic: 'realtime:a',
    event: 'broadcast',
    payload: { event: 'cursor', payload: { x: 1 } },
    ref: null,
  };
  expect(decodeOne(supabase, JSON.stringify(message))).toMatchObject({
    kind: 'broadcast cursor',
    summary: 'broadcast cursor {x: 1}',
  });
});
