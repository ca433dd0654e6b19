import { expect, test } from 'vitest';
import { decodeAll, nodeAt } from '../testing/decode-all';
import { samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordAmqp } from '../testing/recordings/amqp';
import type { DecodeContext } from '../types';
import { amqp } from './amqp';

const recording = await recordAmqp();
const context = (): DecodeContext => ({ url: '', protocol: '', direction: 'received', text: false, state: {} });
const content =
  'header #1 12 B content-type="application/json" headers={source: "test", hop: 3} delivery-mode=2 · body #1 {"usd":2650}';

protocolSuite(amqp, recording, {
  // The client tells its version.
  normal: (row) => row.replace(/client-properties=\{.*?…/, 'client-properties=…'),
  rows: [
    '↑ protocol header | protocol header 0-9-1',
    '↓ connection.start | connection.start minor=9 server-properties={product: "recorder"} mechanisms=PLAIN locales=en_US',
    '↑ connection.start-ok | connection.start-ok client-properties=… mechanism=PLAIN response= ada secret',
    '↓ connection.tune | connection.tune channel-max=100 frame-max=8192 heartbeat=60',
    '↑ connection.tune-ok | connection.tune-ok channel-max=100 frame-max=8192',
    '↑ connection.open | connection.open vhost',
    '↓ connection.open-ok | connection.open-ok',
    '↑ channel.open | channel.open #1',
    '↓ channel.open-ok | channel.open-ok #1',
    '↑ confirm.select | confirm.select #1',
    '↓ confirm.select-ok | confirm.select-ok #1',
    '↑ queue.declare prices | queue.declare #1 prices durable arguments={x-max-length: 10}',
    '↓ queue.declare-ok prices | queue.declare-ok #1 prices',
    '↑ queue.bind prices amq.topic price.# | queue.bind #1 prices amq.topic price.#',
    '↓ queue.bind-ok | queue.bind-ok #1',
    '↑ basic.consume prices | basic.consume #1 prices',
    '↓ basic.consume-ok | basic.consume-ok #1 consumer-tag=consumer-1',
    `↑ basic.publish amq.topic price.gold | basic.publish #1 amq.topic price.gold · ${content}`,
    `↓ basic.deliver amq.topic price.gold | basic.deliver #1 consumer-tag=consumer-1 delivery-tag=1 amq.topic price.gold · ${content}`,
    '↓ basic.ack | basic.ack #1 delivery-tag=1',
    '↓ heartbeat | heartbeat ♥',
    '↑ heartbeat | heartbeat ♥',
    '↑ basic.ack | basic.ack #1 delivery-tag=1',
    '↑ channel.close | channel.close #1 reply-code=200',
    '↓ channel.close-ok | channel.close-ok #1',
    '↑ connection.close | connection.close reply-code=200',
    '↓ connection.close-ok | connection.close-ok',
  ],
});

const declare = () =>
  recording.messages[decodeAll(amqp, recording).findIndex(({ kind }) => kind.startsWith('queue.declare '))]!;

test('bits that share an octet are read apart, with its byte', () => {
  const decoded = amqp.decode(declare().payload, context());
  expect(nodeAt(decoded.tree, 'queue.declare', 'passive')).toMatchObject({ value: 'false', start: 20, end: 21 });
  expect(nodeAt(decoded.tree, 'queue.declare', 'durable')).toMatchObject({ value: 'true', start: 20, end: 21 });
});

test('a frame split over two messages is read in the second', () => {
  const shared = context();
  const { payload } = declare();
  expect(amqp.decode(payload.subarray(0, 9), shared).kind).toBe('fragment');
  expect(amqp.decode(payload.subarray(9), shared)).toMatchObject({
    kind: 'queue.declare prices',
    parts: [{ pair: { role: 'request' } }],
  });
});

test('a method that is unknown does not hide the next frame', () => {
  const heartbeat = [8, 0, 0, 0, 0, 0, 0, 0xce];
  const decoded = amqp.decode(Uint8Array.from([1, 0, 1, 0, 0, 0, 4, 0, 99, 0, 1, 0xce, ...heartbeat]), context());
  expect(decoded.problem).toEqual({ message: 'method 99.1: method 99.1 is unknown', at: 7 });
  expect(decoded.summary).toContain('heartbeat');
});

test('a frame without its end mark stops there', () => {
  const decoded = amqp.decode(Uint8Array.from([8, 0, 0, 0, 0, 0, 0, 1]), context());
  expect(decoded.problem).toEqual({ message: 'a frame does not end in 0xCE', at: 7 });
});

// AMQP 1.0 §2.2 and §2.3; its subprotocol and ports are the same.
test.each([
  ['the header of AMQP 1.0', '414d515000010000'],
  ['the header of its security layer', '414d515003010000'],
  ['frames of AMQP 1.0 only', '0000000802000000'],
])('%s is another protocol, whatever the subprotocol', (_, hex) => {
  const samples = samplesOf(Uint8Array.from(Buffer.from(hex, 'hex')));
  expect(amqp.sniff({ url: '', protocol: 'amqp' }, samples).confidence).toBe(0);
});

test('the subprotocol suffices before anything was said', () => {
  expect(amqp.sniff({ url: '', protocol: 'amqp' }, []).confidence).toBe(1);
});
