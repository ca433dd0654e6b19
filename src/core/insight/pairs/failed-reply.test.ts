import { describe, expect, it } from 'vitest';
import { decodeFrame, decoderById } from '../../decode/registry';
import type { Decoder } from '../../decode/types';
import { isFailedReply } from './failed-reply';

/** Whether the reply to what was asked before failed, as its decoder reads both. */
function fails(decoder: string, asked: string, reply: string): boolean {
  const state = {};
  const read = (text: string, direction: 'sent' | 'received') =>
    decodeFrame(decoderById(decoder) as Decoder, new TextEncoder().encode(text), {
      url: 'wss://a.test/',
      protocol: '',
      direction,
      text: true,
      state,
    });
  read(asked, 'sent');
  return isFailedReply(read(reply, 'received'));
}

describe('a reply', () => {
  it('of Socket.IO failed if an argument of its ack says so', () => {
    for (const told of ['{"error":"no"}', 'null,{"status":"error"}', '{"ok":false}', '{"errors":["no"]}']) {
      expect(fails('socket.io', '421["add",1]', `431[${told}]`), told).toBe(true);
    }
    // What it carries may have failed; the request did not.
    expect(fails('socket.io', '421["jobs"]', '431[[{"id":1,"status":"failed"}]]')).toBe(false);
    expect(fails('socket.io', '40/admin,', '44/admin,{"message":"no"}')).toBe(true);
  });

  it('is not failed for the name of what was asked for', () => {
    expect(fails('socket.io', '422["log_error","x"]', '432["ok"]')).toBe(false);
    expect(fails('socket.io', '422["job failed","x"]', '432["ok"]')).toBe(false);
    const call = (method: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, method });
    for (const method of ['get_error', 'list failed', 'error']) {
      expect(fails('json-rpc', call(method), '{"jsonrpc":"2.0","id":1,"result":"none"}'), method).toBe(false);
      expect(fails('json-rpc', call(method), '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}')).toBe(true);
    }
    const invoke = (target: string) => `${JSON.stringify({ type: 1, invocationId: '1', target, arguments: [] })}\x1e`;
    expect(fails('signalr', invoke('get_error'), '{"type":3,"invocationId":"1","result":1}\x1e')).toBe(false);
    expect(fails('signalr', invoke('get'), '{"type":3,"invocationId":"1","error":"no"}\x1e')).toBe(true);
    const push = '["1","2","room:error","phx_join",{}]';
    expect(fails('phoenix', push, '["1","2","room:error","phx_reply",{"status":"ok","response":{}}]')).toBe(false);
    expect(fails('phoenix', push, '["1","2","room:error","phx_reply",{"status":"error","response":{}}]')).toBe(true);
  });

  it('of JSON failed by what it is called, unless its value says the contrary', () => {
    const asked = '{"type":"log","id":1}';
    expect(fails('json', asked, '{"type":"auth_error","id":1}')).toBe(true);
    expect(fails('json', asked, '{"type":"log_error","id":1,"ok":true}')).toBe(false);
    expect(fails('json', asked, '{"type":"log_error","id":1,"ok":true,"error":"no"}')).toBe(true);
    expect(fails('json', asked, '{"id":1,"error":null,"result":5}')).toBe(false);
  });

  it('of other protocols says so in its first words', () => {
    for (const kind of [
      'iq error query',
      'ERROR com.add',
      'execute_reply error',
      'permission_denied put /a',
      'connection_error',
    ]) {
      expect(isFailedReply({ kind }), kind).toBe(true);
    }
    for (const kind of ['RESULT com.error', 'phx_reply error', 'MSG errors.failed', 'ok put /errors', 'reply error']) {
      expect(isFailedReply({ kind }), kind).toBe(false);
    }
  });
});
