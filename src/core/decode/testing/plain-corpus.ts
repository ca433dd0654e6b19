import { ENCODED_CORPUS } from './encoded-corpus';
import type { Recording } from './record-server';

const encoder = new TextEncoder();

/** Protocol headers (§2.2 of AMQP 1.0) and empty frames (§2.3), as its clients and brokers send them. */
const AMQP_1 = [
  ...['AMQP\u0003\u0001\0\0', 'AMQP\u0003\u0001\0\0', 'AMQP\0\u0001\0\0', 'AMQP\0\u0001\0\0'].map((head) =>
    encoder.encode(head),
  ),
  ...[0, 1, 2, 3].map(() => Uint8Array.of(0, 0, 0, 8, 2, 0, 0, 0)),
];

/** Connections that speak no protocol known here, though some look like one at first sight. `decoder` is what is right. */
export const PLAIN_CORPUS: Recording[] = [
  plain('text', 'chat', ['hello', 'how are you?', 'PING to you too', 'MSG me later', '{not json}', 'bye']),
  plain('text', 'numbers', ['42', '43.5', '0', '-1', '44']),
  plain('text', 'words that protocols use', ['CONNECT', 'ping', 'pong', 'SUBSCRIBE news', 'o', 'h', 'INFO nothing']),
  plain('text', 'comma-separated', ['1,2650.5,AU', '2,31.2,AG', '3,980.1,PT']),
  plain('xml', 'XML that is no XMPP', ['<order id="1"><item>tea</item></order>', '<order id="2"/>', '<ack/>']),
  plain('json', 'a price feed', [
    '{"type":"subscribe","channel":"ticker"}',
    '{"type":"ticker","price":2650.5,"size":2}',
    '{"type":"ticker","price":2650.6,"size":1}',
    '{"type":"heartbeat"}',
  ]),
  plain('json', 'events with data', [
    '{"event":"join","channel":"lobby","data":{"name":"Ada"}}',
    '{"event":"message","channel":"lobby","data":"{\\"text\\":\\"hi\\"}"}',
    '{"event":"leave","channel":"lobby","data":null}',
  ]),
  plain('json', 'ids and methods', [
    '{"id":1,"method":"add","args":[1,2]}',
    '{"id":1,"result":3}',
    '{"id":2,"subscribe":"news"}',
    '{"id":2,"error":"no such thing"}',
  ]),
  plain('json', 'msg', ['{"msg":"hello"}', '{"msg":"world","id":"7"}', '{"msg":"ping me"}']),
  plain('json', 'topics without refs', [
    '{"topic":"room","event":"shout","payload":{}}',
    '{"topic":"room","payload":1}',
  ]),
  plain('json', 'arrays of numbers', ['[1,2,3]', '[16,1,5]', '[33,4,5]', '[50,1,0.5]']),
  plain('json', 'arrays with a name', ['["trade",{"price":1}]', '["book",[1,2],[3,4]]', '["trade",{"price":2}]']),
  plain('json', 'identifiers', ['{"identifier":"abc","value":1}', '{"identifier":"abc","command":"go"}']),
  plain('json', 'pings with a time', eight('{"type":"ping","time":1}')),
  plain('json', 'pings and a welcome', ['{"type":"welcome"}', ...eight('{"type":"ping"}')]),
  plain('json', 'identifiers with a message', eight('{"identifier":"abc","message":"hello"}')),
  plain('json', 'msg ping', eight('{"msg":"ping"}', '{"msg":"pong"}')),
  plain('json', 'servers of a farm', eight('{"server_id":1,"load":0.5}')),
  plain('json', 'data with a payload', eight('{"type":"data","payload":{"price":1}}')),
  plain('json', 'data with a payload and an id', eight('{"type":"data","id":1,"payload":{"price":1}}')),
  plain('json', 't and d', eight('{"t":"d","d":{"price":1}}', '{"t":"c","d":{"t":"tick"}}')),
  plain('json', 'updates of things', ['{"type":"connected"}', ...eight('{"type":"update","updates":[{"id":1}]}')]),
  plain('xml', 'XML with messages', eight('<message id="1"><text>hi</text></message>')),
  plain('binary', 'AMQP 1.0', AMQP_1, 'amqp'),
  plain('binary', 'numbers in DER', eight(Uint8Array.of(0x30, 3, 2, 1, 5))),
  plain(
    'binary',
    'noise',
    [0x3f, 0x91, 0x07, 0xe2].map((first, i) => noise(first, 40 + i * 7)),
  ),
  plain('binary', 'short noise', [Uint8Array.of(7, 1), Uint8Array.of(9, 200, 3), Uint8Array.of(255)]),
  ...ENCODED_CORPUS.map(([decoder, name, messages]) => plain(decoder, name, messages)),
];

/** Eight messages, these again and again: as many as choosing a decoder looks at. */
function eight<T>(...messages: T[]): T[] {
  return Array.from({ length: 8 }, (_, i) => messages[i % messages.length] as T);
}

function plain(decoder: string, name: string, messages: (string | Uint8Array)[], protocol = ''): Recording {
  return {
    decoder,
    between: name,
    url: 'wss://example.org/socket',
    protocol,
    messages: messages.map((message, i) => ({
      direction: i % 2 === 0 ? 'sent' : 'received',
      text: typeof message === 'string',
      payload: typeof message === 'string' ? encoder.encode(message) : message,
    })),
  };
}

/** Bytes without structure, the same in every run (a linear congruential generator). */
function noise(first: number, length: number): Uint8Array {
  let state = first;
  return Uint8Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return i === 0 ? first : (state >>> 16) & 255;
  });
}
