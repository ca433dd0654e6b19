import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoders } from '../../decode/registry';
import { decodeAll } from '../../decode/testing/decode-all';
import type { Recording } from '../../decode/testing/record-server';
import { recordActionCable } from '../../decode/testing/recordings/actioncable';
import { recordCentrifugoJson, recordCentrifugoProtobuf } from '../../decode/testing/recordings/centrifugo';
import { recordDdp } from '../../decode/testing/recordings/ddp';
import { recordGraphqlTransport } from '../../decode/testing/recordings/graphql';
import { recordJsonRpc } from '../../decode/testing/recordings/jsonrpc';
import { recordMqtt5, recordMqtt311 } from '../../decode/testing/recordings/mqtt';
import { recordNats } from '../../decode/testing/recordings/nats';
import { recordPhoenix2 } from '../../decode/testing/recordings/phoenix';
import { recordPusher } from '../../decode/testing/recordings/pusher';
import { recordSignalRJson } from '../../decode/testing/recordings/signalr';
import { recordSocketIo4 } from '../../decode/testing/recordings/socketio';
import { recordStomp } from '../../decode/testing/recordings/stomp';
import { recordSupabase } from '../../decode/testing/recordings/supabase';
import { recordWampMsgpack } from '../../decode/testing/recordings/wamp';
import type { InsightMessage } from '../message';
import { isFailedReply } from './failed-reply';
import { MOST_GROUPS } from './groups';
import { PairLinks } from './pair-links';
import { MOST_OPEN, PairTable } from './pair-table';
import { partMessage } from './part-message';

const message = (frame: number, pair: InsightMessage['pair'], more: Partial<InsightMessage> = {}): InsightMessage => ({
  frame,
  time: frame,
  connection: 1,
  sent: pair?.role === 'request',
  bytes: 1,
  kind: 'ask',
  pair,
  failed: false,
  ...more,
});

async function tableOf(recording: Recording): Promise<PairTable> {
  const decoder = decoders.find(({ id }) => id === recording.decoder)!;
  const table = new PairTable(new PairLinks());
  decodeAll(decoder, recording).forEach((decoded, frame) => {
    const known = message(frame, undefined, {
      kind: decoded.kind,
      sent: recording.messages[frame].direction === 'sent',
    });
    for (const part of decoded.parts ?? []) table.add(partMessage(known, decoded, part));
  });
  return table;
}

test.each([
  ['GraphQL', recordGraphqlTransport, 1],
  ['STOMP', recordStomp, 0],
  ['MQTT 3.1.1', recordMqtt311, 0],
  ['MQTT 5', recordMqtt5, 0],
  ['SignalR', recordSignalRJson, 1],
  ['Socket.IO', recordSocketIo4, 0],
  ['JSON-RPC', recordJsonRpc, 1],
  ['DDP', recordDdp, 1],
  ['Phoenix', recordPhoenix2, 0],
])('%s, recorded: every request is answered, and its errors are known', async (_name, record, errors) => {
  const { rows, forgotten } = (await tableOf(await record())).report(null);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ requests, answered }) => answered !== requests)).toEqual([]);
  expect(rows.reduce((sum, row) => sum + row.unanswered, 0)).toBe(0);
  expect(rows.reduce((sum, row) => sum + row.errors, 0)).toBe(errors);
  expect(forgotten).toBe(0);
});

test.each([
  ['GraphQL', recordGraphqlTransport, 'subscribe subscription Count', 2, 'ended'],
  ['SignalR', recordSignalRJson, 'StreamInvocation Count', 2, 'ended'],
  ['STOMP', recordStomp, 'SUBSCRIBE /topic/prices', 2, 'ended'],
  ['DDP', recordDdp, 'sub players', 0, 'ended'],
  ['Phoenix', recordPhoenix2, 'phx_join room:lobby', 2, 'ended'],
  ['Supabase', recordSupabase, 'phx_join realtime:room', 2, 'ended'],
  ['Centrifugo', recordCentrifugoJson, 'subscribe news', 1, 'ended'],
  ['Centrifugo as Protobuf', recordCentrifugoProtobuf, 'subscribe news', 1, 'ended'],
  ['MQTT 5', recordMqtt5, 'SUBSCRIBE price/#', 2, 'ended'],
  ['WAMP', recordWampMsgpack, 'SUBSCRIBE com.price', 1, 'open'],
])('%s, recorded: what was opened is one group', async (_name, record, kind, events, state) => {
  const { groups } = (await tableOf(await record())).report(null);
  expect(groups).toMatchObject([{ kind, events, state }]);
});

test.each([
  [
    'MQTT 3.1.1',
    recordMqtt311,
    [
      { id: 'sensors/#', kind: 'SUBSCRIBE sensors/#', state: 'ended', events: 3, filter: 'conn:1 topic:"sensors/#"' },
      { id: 'state/+', kind: 'state/+', state: 'open', events: 0, filter: 'conn:1 topic:"state/+"' },
    ],
  ],
  [
    'NATS',
    recordNats,
    [
      { id: 'prices.>', kind: 'SUB prices.>', state: 'ended', events: 2, filter: 'conn:1 topic:"prices.>"' },
      { id: 'time', kind: 'SUB time', state: 'ended', events: 1, filter: 'conn:1 topic:"time"' },
    ],
  ],
  [
    'Pusher',
    recordPusher,
    [
      { id: 'trades', kind: 'pusher:subscribe trades', state: 'ended', events: 1, filter: 'conn:1 pair:"trades"' },
      { id: 'private-room', kind: 'pusher:subscribe private-room', state: 'open', events: 0 },
    ],
  ],
  [
    'Action Cable',
    recordActionCable,
    [
      { kind: 'subscribe ChatChannel', state: 'open', events: 1 },
      { kind: 'subscribe SecretChannel', state: 'failed', events: 0 },
    ],
  ],
])('%s, recorded: each subscription is a group', async (_name, record, expected) => {
  expect((await tableOf(await record())).report(null).groups).toMatchObject(expected);
});

test('JSON-RPC: what events call their subscription begins with the reply that names it', () => {
  const says = (direction: 'sent' | 'received', value: object) => ({
    direction,
    text: true,
    payload: new TextEncoder().encode(JSON.stringify({ jsonrpc: '2.0', ...value })),
  });
  const event = says('received', { method: 'eth_subscription', params: { subscription: '0xa', result: {} } });
  const messages = [
    says('sent', { id: 1, method: 'eth_subscribe', params: ['newHeads'] }),
    says('received', { id: 1, result: '0xa' }),
    ...[event, event, event],
    says('sent', { id: 2, method: 'eth_unsubscribe', params: ['0xa'] }),
    says('received', { id: 2, result: true }),
    says('received', { method: 'accountNotification', params: { subscription: 7, result: {} } }),
  ];
  const decoder = decoders.find(({ id }) => id === 'json-rpc')!;
  const table = new PairTable(new PairLinks());
  decodeAll(decoder, { decoder: 'json-rpc', url: '', protocol: '', messages } as Recording).forEach(
    ({ parts = [], kind }, frame) => {
      for (const { pair, topics } of parts) table.add(message(frame, pair, { kind, topics }));
    },
  );
  expect(table.report(null).groups).toMatchObject([
    { kind: 'result eth_subscribe', state: 'ended', events: 3, frame: 1, filter: 'conn:1 topic:"0xa"' },
    { kind: 'accountNotification', state: 'open', events: 1, frame: null },
  ]);
});

test('replies say that they failed in their kind, their value or an item of it', () => {
  const failed = (kind: string, value?: unknown) => isFailedReply({ kind, json: () => value });
  expect(failed('phx_reply room', ['1', '2', 'room', 'phx_reply', { status: 'error', response: {} }])).toBe(true);
  expect(failed('ack', [{ error: 'full' }])).toBe(true);
  expect(failed('reject_subscription Chat')).toBe(true);
  expect(failed('ack', ['error', { status: 'ok' }, null])).toBe(false);
  expect(failed('rejectedness', { errors: [] })).toBe(false);
});

test('an event belongs to every open subscription that covers its topic', () => {
  const table = new PairTable(new PairLinks());
  const subscribe = (frame: number, act: 'open' | 'end', ...names: string[]) =>
    table.add(message(frame, undefined, { topics: { act, names, separator: '/' } }));
  const publish = (frame: number, name: string) =>
    table.add(message(frame, undefined, { topics: { act: 'event', names: [name], separator: '/' } }));
  subscribe(0, 'open', 'a/+', 'a/b', '#');
  publish(1, 'a/b');
  publish(2, 'a/c');
  publish(3, 'd');
  subscribe(4, 'end', 'a/+', 'a/b');
  publish(5, 'a/b');
  // What is subscribed to again is another group.
  subscribe(6, 'open', 'a/b');
  publish(7, 'a/b');
  expect(table.report(null).groups.map(({ id, state, events }) => [id, state, events])).toEqual([
    ['a/+', 'ended', 2],
    ['a/b', 'ended', 1],
    ['#', 'open', 5],
    ['a/b', 'open', 1],
  ]);
});

test('channels that were joined before the log began are groups without a beginning; topics of patterns are none', () => {
  const table = new PairTable(new PairLinks());
  for (const frame of [0, 1]) table.add(message(frame, undefined, { topics: { act: 'event', names: ['room'] } }));
  table.add(message(2, undefined, { topics: { act: 'event', names: ['a/b'], separator: '/' } }));
  expect(table.report(null).groups).toMatchObject([{ id: 'room', frame: null, events: 2 }]);
});

test('events of what was opened before are a group without a beginning', () => {
  const table = new PairTable(new PairLinks());
  for (const frame of [3, 4]) table.add(message(frame, { id: 'sub 1', role: 'event' }, { kind: 'tick' }));
  table.add(message(5, { id: 'sub 1', role: 'end' }));
  expect(table.report(null).groups).toEqual([
    {
      connection: 1,
      id: 'sub 1',
      kind: 'tick',
      state: 'ended',
      events: 2,
      first: 3,
      last: 5,
      frame: null,
      filter: 'conn:1 pair:"sub 1"',
    },
  ]);
});

test('who asks and ends it waits no longer; an end by the other side is its reply', () => {
  const links = new PairLinks();
  const table = new PairTable(links);
  table.add(message(0, { id: 'a', role: 'request' }));
  table.add(message(1, { id: 'a', role: 'end' }, { sent: true }));
  table.add(message(2, { id: 'b', role: 'request' }));
  table.add(message(3, { id: 'b', role: 'end' }));
  expect(table.report(null).rows).toMatchObject([{ requests: 2, answered: 1, unanswered: 0 }]);
  expect([links.of(0), links.other(2), links.other(3)]).toEqual([null, 3, 2]);
});

test('counts add up and links lead back, whatever comes in whatever order', () => {
  const roles = fc.constantFrom('request', 'reply', 'event', 'end');
  const each = fc.record({
    pair: fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), role: roles, opens: fc.boolean() }),
    connection: fc.nat(2),
    sent: fc.boolean(),
    kind: fc.constantFrom('x', 'y', 'subscribe z'),
  });
  fc.assert(
    fc.property(fc.array(each, { maxLength: 200 }), (list) => {
      const links = new PairLinks();
      const table = new PairTable(links);
      list.forEach(({ pair, ...more }, frame) => {
        table.add(message(frame, pair as InsightMessage['pair'], more));
      });
      const { rows } = table.report(null);
      const count = (of: (frame: number) => boolean) => list.filter((_, frame) => of(frame)).length;
      const isAnswered = (frame: number) => links.of(frame)?.role === 'request' && links.other(frame) >= 0;
      expect(rows.reduce((sum, row) => sum + row.answered, 0)).toBe(count(isAnswered));
      expect(rows.reduce((sum, row) => sum + row.unanswered, 0)).toBe(count((frame) => links.isUnanswered(frame)));
      for (const row of rows) expect(row.answered + row.unanswered).toBeLessThanOrEqual(row.requests);
      for (let frame = 0; frame < list.length; frame++) {
        const other = links.other(frame);
        if (other >= 0) expect(links.other(other)).toBe(frame);
      }
      const own = [0, 1, 2].flatMap((connection) => table.report(connection).rows);
      expect(own.reduce((sum, row) => sum + row.requests, 0)).toBe(rows.reduce((sum, row) => sum + row.requests, 0));
    }),
  );
});

test('what is kept is bounded, and what was let go is counted', () => {
  const table = new PairTable(new PairLinks());
  for (let frame = 0; frame < MOST_OPEN + 10; frame++) {
    table.add(message(frame, { id: String(frame), role: 'request' }));
  }
  for (let group = 0; group < MOST_GROUPS + 7; group++) {
    table.add(message(group, { id: `s${group}`, role: 'request', opens: true }, { connection: 2 }));
  }
  const { forgotten, groups, groupsDropped, rows } = table.report(null);
  expect([groups.length, groupsDropped, rows[0].requests]).toEqual([MOST_GROUPS, 7, MOST_OPEN + 10]);
  expect(forgotten).toBe(10 + MOST_GROUPS + 7);
});

test('a frame that asks and answers several times shows the first, and that a reply is missing while one is', () => {
  const links = new PairLinks();
  const changed: number[] = [];
  const table = new PairTable(links, (frame) => changed.push(frame));
  for (const id of ['a', 'b', 'c']) table.add(message(0, { id, role: 'request' }));
  table.add(message(1, { id: 'b', role: 'reply' }));
  table.add(message(1, { id: 'd', role: 'request' }));
  expect([links.isUnanswered(0), links.isUnanswered(1)]).toEqual([true, true]);
  table.add(message(2, { id: 'a', role: 'reply' }));
  table.add(message(2, { id: 'd', role: 'reply' }));
  expect([links.isUnanswered(0), links.of(1), links.of(2)]).toEqual([
    true,
    { role: 'reply', other: 0 },
    { role: 'reply', other: 0 },
  ]);
  // Who asked takes the last one back.
  table.add(message(3, { id: 'c', role: 'end' }, { sent: true }));
  expect(links.of(0)).toEqual({ role: 'request', other: 1 });
  expect(table.report(null).rows).toMatchObject([{ requests: 4, answered: 3, unanswered: 0 }]);
  expect(changed).toEqual([0, 0, 1, 0]);
});

test('a frame whose requests have no reply is named once', () => {
  const table = new PairTable(new PairLinks());
  for (const id of ['a', 'b', 'c']) table.add(message(0, { id, role: 'request' }));
  table.add(message(1, { id: 'd', role: 'request' }));
  expect(table.unanswered(() => true)).toMatchObject([{ count: 4, frames: [0, 1] }]);
});
