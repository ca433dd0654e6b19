import avsc from 'avsc';
import protobufjs from 'protobufjs';
import { defineSchemaDecoder, schemaDecoder } from '../../schema/schema-decoder';
import { readSchemas } from '../../schema/schema-files';
import type { Decoder } from '../types';
import type { Recording } from './record-server';

const PROTO = `syntax = "proto3";
package shop;
enum Side { UNKNOWN = 0; BUY = 1; SELL = 2; }
message Money { string currency = 1; sint64 units = 2; }
message Order {
  uint64 id = 1; string symbol = 2; Side side = 3; double price = 4; Money total = 5; repeated int32 lots = 6;
  map<string, Money> fees = 7; bytes raw = 8; repeated Order parts = 9; fixed64 at = 10; float ratio = 11;
}
message Said { string by = 1; repeated string words = 2; bool loud = 3; }
message Event { oneof body { Order order = 1; Said said = 2; } }
`;
const AVRO = {
  type: 'record',
  name: 'shop.Trade',
  fields: [
    { name: 'type', type: { type: 'enum', name: 'Kind', symbols: ['TRADE', 'CANCEL'] } },
    { name: 'id', type: 'long' },
    { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'price', type: ['null', { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }] },
    { name: 'tags', type: { type: 'map', values: 'string' } },
    { name: 'lots', type: { type: 'array', items: 'int' } },
    { name: 'parts', type: { type: 'array', items: 'shop.Trade' } },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 8 } },
  ],
};

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const library = readSchemas([file('shop.proto', PROTO), file('trade.avsc', JSON.stringify(AVRO))]);

function made(id: string): Decoder {
  const definition = defineSchemaDecoder(id, library);
  if (definition === undefined) throw new Error(`no types for ${id}`);
  return schemaDecoder(definition);
}

/** Decoders by schemas such as a user loads them: they are in no registry. */
export const SCHEMA_DECODERS: readonly Decoder[] = [made('protobuf:shop.Event'), made('avro:shop.Trade')];

const event = protobufjs.parse(PROTO, { keepCase: true }).root.lookupType('shop.Event');
const orders = [0, 1, 2].map((i) => ({
  order: {
    ...{ id: `9007199254740993${i}`, symbol: 'AU', side: i, price: 2650.5 + i, lots: [1, -2, 300, i] },
    ...{ total: { currency: 'EUR', units: -i }, fees: { broker: { currency: 'EUR', units: i } } },
    ...{ raw: Uint8Array.of(255, i), parts: [{ id: i }, { symbol: 'AG' }], at: '18446744073709551615', ratio: 0.1 },
  },
}));
const events = [...orders, { said: { by: 'Ada', words: ['good', 'morning'], loud: true } }];

const trade = avsc.Type.forSchema(AVRO as avsc.Schema);
const tradeOf = (i: number, parts: object[]) => ({
  ...{ type: i % 2 ? 'CANCEL' : 'TRADE', id: 2 ** 40 + i, at: 1795221911000 + i, price: Buffer.from([i + 1, 200]) },
  ...{ tags: { venue: 'X', lot: String(i) }, lots: [1, -1, 300], parts, hash: Buffer.alloc(8, i) },
});
const trades = [0, 1, 2].map((i) => Uint8Array.from(trade.toBuffer(tradeOf(i, [tradeOf(i + 1, [])]))));

/** Connections that are read by a schema, as the encoders of npm write them; a registry's header before some of Avro. */
export const SCHEMA_CORPUS: Recording[] = [
  recording(
    'protobuf:shop.Event',
    'protobufjs with a .proto file',
    events.map((value) => Uint8Array.from(event.encode(event.fromObject(value)).finish())),
  ),
  recording('avro:shop.Trade', 'avsc with an .avsc file', trades),
  recording(
    'avro:shop.Trade',
    "avsc, with Confluent's header",
    trades.map((bytes) => Uint8Array.of(0, 0, 0, 1, 7, ...bytes)),
  ),
];

function recording(decoder: string, between: string, payloads: Uint8Array[]): Recording {
  const messages = payloads.map((payload) => ({ direction: 'received' as const, text: false, payload }));
  return { decoder, between, url: 'ws://127.0.0.1/', protocol: '', messages };
}
