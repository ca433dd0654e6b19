import { describe, expect, test } from 'vitest';
import { decoders } from '../../decode/registry';
import type { Direction } from '../../model/frame';
import { PairLinks } from './pair-links';
import { PairTable } from './pair-table';
import { partMessage } from './part-message';

type Message = [Direction, string | Uint8Array];

/** Frame 0, 1, ... of one connection, read in their order. */
function read(decoderId: string, messages: Message[]): { table: PairTable; links: PairLinks } {
  const decoder = decoders.find(({ id }) => id === decoderId)!;
  const links = new PairLinks();
  const table = new PairTable(links);
  const state = {};
  messages.forEach(([direction, data], frame) => {
    const text = typeof data === 'string';
    const payload = text ? new TextEncoder().encode(data) : data;
    const decoded = decoder.decode(payload, { url: '', protocol: '', direction, text, state });
    const sent = direction === 'sent';
    const known = { frame, time: frame, connection: 1, sent, bytes: payload.length, kind: decoded.kind };
    for (const part of decoded.parts ?? []) table.add(partMessage(known, decoded, part));
  });
  return { table, links };
}

const ids = Array.from({ length: 10 }, (_, i) => i + 1);
const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());
const line = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const each = (say: (id: number) => string | Uint8Array): Message[] => ids.map((id) => ['sent', say(id)]);
const hub = (value: unknown) => `${JSON.stringify(value)}\u001e`;
const rpc = (value: object) => JSON.stringify({ jsonrpc: '2.0', ...value });
const headed = (text: string) => `Content-Length: ${text.length}\r\n\r\n${text}`;
const receipt = (id: number) => `RECEIPT\nreceipt-id:${id}\n\n\0`;
/** A method frame of AMQP: exchange.delete and its -ok, by channel. */
const method = (channel: number, number: number, more: number[]) => [
  ...[1, 0, channel, 0, 0, 0, 4 + more.length],
  ...[0, 40, 0, number, ...more, 0xce],
];

const asked: [string, Message[], string | Uint8Array][] = [
  [
    'signalr',
    each((id) => hub({ type: 1, invocationId: `${id}`, target: 'Add', arguments: [] })),
    ids.map((id) => hub({ type: 3, invocationId: `${id}`, result: id })).join(''),
  ],
  ['mqtt', each((id) => bytes([0x32, 5, 0, 1, 0x61, 0, id])), bytes(ids.flatMap((id) => [0x40, 2, 0, id]))],
  [
    'nats',
    each((id) => `PUB ask _INBOX.x.${id} 0\r\n\r\n`),
    ids.map((id) => `MSG _INBOX.x.${id} 1 2\r\nok\r\n`).join(''),
  ],
  [
    'centrifugo',
    each((id) => `{"id":${id},"rpc":{"method":"add"}}`),
    ids.map((id) => `{"id":${id},"rpc":{}}`).join('\n'),
  ],
  ['stomp', each((id) => `SEND\ndestination:/a\nreceipt:${id}\n\n\0`), ids.map(receipt).join('')],
  [
    'sockjs',
    each((id) => JSON.stringify([`SEND\ndestination:/a\nreceipt:${id}\n\n\0`])),
    `a${JSON.stringify(ids.map(receipt))}`,
  ],
  [
    'lsp',
    each((id) => headed(rpc({ id, method: 'textDocument/hover' }))),
    ids.map((id) => headed(rpc({ id, result: null }))).join(''),
  ],
  ['json-rpc', each((id) => rpc({ id, method: 'add' })), `[${ids.map((id) => rpc({ id, result: id })).join(',')}]`],
  ['amqp', each((id) => bytes(method(id, 20, [0, 0, 1, 0x61, 0]))), bytes(ids.flatMap((id) => method(id, 21, [])))],
  [
    'ddp',
    each((id) => `{"msg":"sub","id":"${id}","name":"players"}`),
    JSON.stringify({ msg: 'ready', subs: ids.map(String) }),
  ],
];

test.each(asked)('%s: replies that share a message answer all their requests', (decoder, requests, replies) => {
  const { table, links } = read(decoder, [...requests, ['received', replies]]);
  const { rows } = table.report(null);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ requests: 10, answered: 10, unanswered: 0, errors: 0 });
  for (const frame of ids.keys()) expect(links.of(frame)).toEqual({ role: 'request', other: 10 });
  // The row of the replies leads to the first request.
  expect(links.of(10)).toEqual({ role: 'reply', other: 0 });
});

test('requests that share a message count each by its own kind, and each may fail', () => {
  const ask = (id: number, target: string) => hub({ type: 1, invocationId: `${id}`, target, arguments: [] });
  const { table } = read('signalr', [
    ['sent', ask(1, 'Add') + ask(2, 'Remove') + ask(3, 'Add')],
    ['received', hub({ type: 3, invocationId: '2', error: 'no' }) + hub({ type: 3, invocationId: '1', result: 1 })],
  ]);
  expect(table.report(null).rows).toMatchObject([
    { kind: 'Invocation Add', requests: 2, answered: 1, unanswered: 1, errors: 0 },
    { kind: 'Invocation Remove', requests: 1, answered: 1, unanswered: 0, errors: 1 },
  ]);
});

test('replies that share a message fail each by its own value', () => {
  const { table } = read('centrifugo', [
    ['sent', '{"id":1,"subscribe":{"channel":"news"}}\n{"id":2,"subscribe":{"channel":"secret"}}'],
    ['received', '{"id":1,"subscribe":{}}\n{"id":2,"error":{"code":103,"message":"permission denied"}}'],
  ]);
  expect(table.report(null).rows).toMatchObject([
    { kind: 'subscribe news', answered: 1, errors: 0 },
    { kind: 'subscribe secret', answered: 1, errors: 1 },
  ]);
  expect(table.report(null).groups).toMatchObject([
    { id: 'news', state: 'open' },
    { id: 'secret', state: 'failed' },
  ]);
});

test('MQTT: a SUBACK that comes with a retained message answers, and the message is an event', () => {
  const subscribe = bytes([0x82, 6, 0, 1, 0, 1, 0x61, 0]);
  const both = bytes([0x90, 3, 0, 1, 0], [0x31, 5, 0, 1, 0x61], line('hi'));
  const { rows, groups } = read('mqtt', [
    ['sent', subscribe],
    ['received', both],
  ]).table.report(null);
  expect(rows).toMatchObject([{ kind: 'SUBSCRIBE a', answered: 1, unanswered: 0 }]);
  expect(groups).toMatchObject([{ id: 'a', state: 'open', events: 1 }]);
});

describe('requests that need no reply, or have it elsewhere', () => {
  const rowsOf = (decoder: string, messages: Message[]) => read(decoder, messages).table.report(null).rows;

  test('Phoenix: a channel may answer a push with nothing', () => {
    const push = (ref: string, event: string): Message => ['sent', JSON.stringify(['1', ref, 'room:a', event, {}])];
    const reply = (ref: string): Message => [
      'received',
      JSON.stringify(['1', ref, 'room:a', 'phx_reply', { status: 'ok', response: {} }]),
    ];
    const rows = rowsOf('phoenix', [
      ...[push('1', 'phx_join'), reply('1')],
      ...[push('2', 'typing'), push('3', 'typing'), push('4', 'shout'), reply('4')],
      ...[push('5', 'access_token'), push('6', 'phx_leave')],
    ]);
    expect(rows).toMatchObject([
      { kind: 'phx_join room:a', requests: 1, answered: 1, unanswered: 0 },
      { kind: 'phx_leave room:a', requests: 1, answered: 0, unanswered: 1 },
      { kind: 'shout room:a', requests: 1, answered: 1, unanswered: 0 },
    ]);
  });

  test('NATS: the acknowledgement of JetStream is published, and not every consumer gives it', () => {
    const ack = (n: number) => `$JS.ACK.ORDERS.c.1.${n}.${n}.1.0`;
    const messages: Message[] = [1, 2, 3].map((n) => ['received', `MSG orders.new 1 ${ack(n)} 2\r\nhi\r\n`]);
    const { table } = read('nats', [...messages, ['sent', `PUB ${ack(2)} 4\r\n+ACK\r\n`]]);
    expect(table.report(null).rows).toMatchObject([
      { kind: 'MSG orders.new', requests: 1, answered: 1, unanswered: 0 },
    ]);
    expect(table.report(null).groups).toEqual([]);
  });

  test('NATS: what was pulled answers though it names a subject itself, and opens nothing', () => {
    const { table } = read('nats', [
      ['sent', 'SUB box.* 1\r\nPUB $JS.API.CONSUMER.MSG.NEXT.ORDERS.c box.1 0\r\n\r\n'],
      ['received', 'MSG box.1 1 $JS.ACK.ORDERS.c.1.1.1.1.0 2\r\nhi\r\n'],
      ['sent', 'PUB $JS.API.CONSUMER.MSG.NEXT.ORDERS.c _INBOX.x.1 0\r\n\r\n'],
      ['received', 'MSG _INBOX.x.1 1 $JS.ACK.ORDERS.c.1.2.2.1.0 2\r\nhi\r\n'],
      ['sent', 'PUB $JS.ACK.ORDERS.c.1.2.2.1.0 0\r\n\r\n'],
    ]);
    const { rows, groups } = table.report(null);
    expect(rows).toMatchObject([
      { kind: 'PUB $JS.API.CONSUMER.MSG.NEXT.ORDERS.c', requests: 2, answered: 2, unanswered: 0 },
      { kind: 'MSG _INBOX', requests: 1, answered: 1, unanswered: 0 },
    ]);
    expect(groups.map(({ id }) => id)).toEqual(['box.*']);
  });

  test('NATS: who asks itself is answered by itself', () => {
    const rows = rowsOf('nats', [
      ['sent', 'PUB time _INBOX.x.1 0\r\n\r\n'],
      ['received', 'MSG time 1 _INBOX.x.1 0\r\n\r\n'],
      ['sent', 'PUB _INBOX.x.1 2\r\nhi\r\n'],
      ['received', 'MSG _INBOX.x.1 2 2\r\nhi\r\n'],
    ]);
    expect(rows).toMatchObject([
      { kind: 'MSG time', answered: 1, unanswered: 0 },
      { kind: 'PUB time', answered: 1, unanswered: 0 },
    ]);
  });

  test('GraphQL: a persisted operation may be a subscription in which nothing happens', () => {
    const known = { operationName: 'OnTrade', extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } };
    const quiet: Message = ['sent', JSON.stringify({ id: '1', type: 'subscribe', payload: known })];
    expect(rowsOf('graphql', [quiet])).toEqual([]);
    const next: Message = ['received', '{"id":"1","type":"next","payload":{"data":{}}}'];
    const { table } = read('graphql', [quiet, next, next]);
    expect(table.report(null).groups).toMatchObject([{ kind: 'subscribe OnTrade', state: 'open', events: 2 }]);
  });

  test('Action Cable: a subscription that is asked for again is confirmed once', () => {
    const identifier = '{"channel":"ChatChannel"}';
    const subscribe: Message = ['sent', JSON.stringify({ command: 'subscribe', identifier })];
    const confirmed: Message = ['received', JSON.stringify({ type: 'confirm_subscription', identifier })];
    const { table } = read('actioncable', [subscribe, subscribe, subscribe, confirmed]);
    expect(table.report(null).rows).toMatchObject([{ requests: 1, answered: 1, unanswered: 0 }]);
    expect(table.report(null).groups).toMatchObject([{ kind: 'subscribe ChatChannel', state: 'open' }]);
    expect(table.report(null).groups).toHaveLength(1);
  });
});
