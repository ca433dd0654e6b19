import 'fake-indexeddb/auto';
import { gzipSync } from 'node:zlib';
import mqttPacket from 'mqtt-packet';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Recording } from '../core/decode/testing/record-server';
import { recordGraphqlTransport } from '../core/decode/testing/recordings/graphql';
import { recordPhoenix2 } from '../core/decode/testing/recordings/phoenix';
import { recordSocketIo4 } from '../core/decode/testing/recordings/socketio';
import type { NodeTerm } from '../core/filter/term-for';
import type { TreeNode } from '../core/messages/store';
import { FLAG } from '../core/model/frame';
import { type Devtools, Machine, Page } from './testing/harness';

let devtools: Devtools;
let page: Page;

beforeEach(async () => {
  devtools = new Machine().start();
  await devtools.begin();
  page = new Page(devtools, 'a');
});

/** Values of one frame that are looked at. */
const MOST = 60;

interface Found extends NodeTerm {
  frame: number;
  /** Names from below the root, groups and all. */
  names: string[];
  node: TreeNode;
}

/** One packet a message: a busy server sends several in one. */
async function sayMqtt(): Promise<Recording> {
  const packets: mqttPacket.Packet[] = [
    { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'thermostat', keepalive: 1 },
    { cmd: 'publish', topic: 'sensors/1', payload: '{"celsius":21.5}', qos: 0, dup: false, retain: false },
    { cmd: 'publish', topic: 'sensors/2', payload: 'twenty', qos: 1, messageId: 7, dup: false, retain: true },
  ];
  const messages = packets.map((packet) => ({
    direction: 'sent' as const,
    text: false,
    payload: new Uint8Array(mqttPacket.generate(packet)),
  }));
  return { decoder: 'mqtt', between: 'mqtt-packet', url: 'wss://example.com/mqtt', protocol: 'mqtt', messages };
}

/** What is offered for each value of a frame. */
async function offersOf(frame: number): Promise<Found[]> {
  const { tree } = await devtools.call('decode', { log: 'live', frame, decoder: null });
  const found: Found[] = [];
  async function visit(node: TreeNode, path: number[], names: string[]): Promise<void> {
    if (found.length >= MOST) return;
    const offer = await devtools.call('nodeTerm', { log: 'live', frame, path });
    found.push({ ...offer, frame, names, node });
    if (node.size === 0) return;
    const asked = { log: 'live', frame, decoder: null, path, from: 0, to: node.size };
    for (const [at, child] of (await devtools.call('children', asked)).entries()) {
      await visit(child, [...path, at], [...names, child.name]);
    }
  }
  await visit(tree, [], []);
  return found;
}

/** The same for all frames of a view; each is looked for. */
async function checkedOffers(): Promise<Found[]> {
  const rows = await devtools.rows();
  const offers: Found[] = [];
  for (const { frame, kind } of rows) if (kind === 'text' || kind === 'binary') offers.push(...(await offersOf(frame)));
  for (const { frame, path, term } of offers) {
    for (const query of [path, term]) {
      if (query === null) continue;
      const { row, problems } = await devtools.call('find', { view: 1, query, from: frame, backwards: false });
      expect([query, row, problems]).toEqual([query, frame, []]);
    }
  }
  return offers;
}

const offered = (offers: Found[], name: string, value: string) => {
  const of = offers.find(({ names, node }) => names.at(-1) === name && node.value === value);
  return of && [of.path, of.term];
};

async function sendText(...texts: string[]): Promise<void> {
  page.socket(1);
  for (const text of texts) page.text(1, text);
  await page.send();
}

describe('what is offered for a value finds its frame', () => {
  test.each<[string, () => Promise<Recording>, [name: string, value: string, path: string | null, term: string][]]>([
    [
      'MQTT',
      sayMqtt,
      [
        ['celsius', '21.5', '$.celsius', '$.celsius:21.5'],
        ['payload', 'twenty', '$', '$:"twenty"'],
        ['topic', 'sensors/1', null, '"sensors/1"'],
      ],
    ],
    [
      'Socket.IO',
      recordSocketIo4,
      [
        ['price', '1.5', '$.data[1].price', '$.data[1].price:1.5'],
        ['also', '1 byte: 04', '$.data[2].also', '$.data[2].also'],
      ],
    ],
    [
      'Phoenix',
      recordPhoenix2,
      [
        ['2', 'room:lobby', '$[2]', '$[2]:"room:lobby"'],
        ['topic', 'room:lobby', null, '"room:lobby"'],
      ],
    ],
    ['GraphQL', recordGraphqlTransport, [['type', 'connection_init', '$.type', '$.type:"connection_init"']]],
  ])('of %s as it is spoken', async (_protocol, record, expected) => {
    const { url, protocol, messages } = await record();
    page.socket(1, url, { protocol });
    for (const { direction, text, payload } of messages) {
      const flags = direction === 'sent' ? FLAG.sent : 0;
      if (text) page.text(1, new TextDecoder().decode(payload), flags);
      else page.binary(1, payload, flags);
    }
    await page.send();
    const offers = await checkedOffers();
    for (const [name, value, path, term] of expected) {
      expect([name, offered(offers, name, value)]).toEqual([name, [path, term]]);
    }
  });

  test('of keys that look like places, and numbers that no double holds', async () => {
    await sendText(
      '{"007":{"7":[10,20]},"id":9007199254740993,"big":12345678901234567890,"e":1.50,"0":null,"a b":true}',
    );
    const offers = await checkedOffers();
    expect(offers.filter(({ names, path }) => names.length > 0 && path === null)).toEqual([]);
    expect(offered(offers, '1', '20')).toEqual(['$.007.7[1]', '$.007.7[1]:20']);
    expect(offered(offers, 'id', '9007199254740993')).toEqual(['$.id', '$.id:9007199254740993']);
    expect(offered(offers, 'e', '1.50')).toEqual(['$.e', '$.e:1.5']);
    expect(offered(offers, 'a b', 'true')).toEqual(['$["a b"]', '$["a b"]:true']);
  });

  test('of what was opened within texts and bytes: by its words, where they are to be found', async () => {
    const packed = gzipSync('{"secret":"within gzip"}').toString('base64');
    await sendText(JSON.stringify({ data: JSON.stringify({ symbol: 'BTC-USD', n: 1 }), packed }));
    const offers = await checkedOffers();
    expect(offered(offers, 'symbol', 'BTC-USD')).toEqual([null, '"BTC-USD"']);
    expect(offered(offers, 'n', '1')).toEqual([null, null]);
    expect(offered(offers, 'data', '{"symbol":"BTC-USD","n":1}')?.[0]).toBe('$.data');
    expect(offered(offers, 'secret', 'within gzip')).toEqual([null, null]);
  });

  test('of a key that is there twice: what paths lead to is the last', async () => {
    await sendText('{"twice":"first","twice":"second"}');
    const offers = await checkedOffers();
    expect(offered(offers, 'twice', 'first')).toEqual([null, '"first"']);
    expect(offered(offers, 'twice', 'second')).toEqual(['$.twice', '$.twice:"second"']);
  });

  test('of the members of an element, which the tree begins with', async () => {
    await sendText('<order id="abc-1"><item>tea</item></order>', '<order id="abc-2"/>');
    const offers = await checkedOffers();
    expect(offered(offers, '@id', 'abc-2')).toEqual(['$.order.@id', '$.order.@id:"abc-2"']);
  });

  test('of a text that is no JSON', async () => {
    await sendText('hello "world"', 'bye');
    const [hello] = await checkedOffers();
    expect([hello.path, hello.term]).toEqual(['$', '$:"hello \\"world\\""']);
  });
});

test('a place that is not there is refused', async () => {
  await sendText('{"a":1}');
  await expect(devtools.call('nodeTerm', { log: 'live', frame: 0, path: [5] })).rejects.toThrow('no such value');
});
