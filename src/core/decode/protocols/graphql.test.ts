import { expect, test } from 'vitest';
import { chooseDecoder } from '../registry';
import { decodeOne, samplesOf } from '../testing/decoding';
import { protocolSuite } from '../testing/protocol-suite';
import { recordGraphqlLegacy, recordGraphqlTransport } from '../testing/recordings/graphql';
import { graphql } from './graphql';

const [transport, legacy] = await Promise.all([recordGraphqlTransport(), recordGraphqlLegacy()]);

protocolSuite(graphql, transport, {
  rows: [
    '↑ connection_init | connection_init',
    '↓ connection_ack | connection_ack',
    '↑ subscribe query { hello } | subscribe query { hello } #1',
    '↓ next query { hello } | next query { hello } #1 {hello: "hello world"}',
    '↓ complete query { hello } | complete query { hello } #1',
    '↑ subscribe query Greet | subscribe query Greet #2 {to: "you"}',
    '↓ next query Greet | next query Greet #2 {hello: "hello you"}',
    '↓ complete query Greet | complete query Greet #2',
    '↑ subscribe subscription Count | subscribe subscription Count #3',
    '↓ next subscription Count | next subscription Count #3 {count: 1}',
    '↓ next subscription Count | next subscription Count #3 {count: 2}',
    '↓ complete subscription Count | complete subscription Count #3',
    '↑ subscribe query { missing } | subscribe query { missing } #4',
    '↓ error query { missing } | error query { missing } #4 Cannot query field "missing" on type "Query".',
  ],
  heartbeats: ['↑ ping | ping ♥', '↓ pong | pong ♥'],
});

protocolSuite(graphql, legacy, {
  rows: [
    '↑ connection_init | connection_init {}',
    '↓ connection_ack | connection_ack',
    '↑ start query { hello } | start query { hello } #1',
    '↓ data query { hello } | data query { hello } #1 {hello: "hello world"}',
    '↓ complete query { hello } | complete query { hello } #1',
    '↑ start query Greet | start query Greet #2 {to: "you"}',
    '↓ data query Greet | data query Greet #2 {hello: "hello you"}',
    '↓ complete query Greet | complete query Greet #2',
    '↑ start subscription Count | start subscription Count #3',
    '↓ data subscription Count | data subscription Count #3 {count: 1}',
    '↓ data subscription Count | data subscription Count #3 {count: 2}',
    '↓ complete subscription Count | complete subscription Count #3',
    '↑ start query { missing } | start query { missing } #4',
    '↓ data query { missing } | data query { missing } #4 error: Cannot query field "missing" on type "Query". {errors: [{…}]}',
    '↓ complete query { missing } | complete query { missing } #4',
  ],
  heartbeats: ['↓ ka | ka ♥'],
});

test.each([transport, legacy])('$between is chosen', (recording) => {
  expect(chooseDecoder({ url: '', protocol: '' }, recording.messages).decoder.id).toBe('graphql');
});

test.each([
  ['mutation { add: addTrade(n: 1) { id } }', 'subscribe mutation { addTrade }'],
  ['# a comment\nsubscription OnTrade($id: ID!) { trade(id: $id) { n } }', 'subscribe subscription OnTrade'],
  ['fragment F on T { a }', 'subscribe query { a }'],
  ['', 'subscribe'],
])('%j is named', (query, kind) => {
  expect(decodeOne(graphql, JSON.stringify({ id: 'x', type: 'subscribe', payload: { query } })).kind).toBe(kind);
});

test('events of other JSON with a type are not taken for it', () => {
  const samples = samplesOf('{"type":"ping"}', '{"type":"data","payload":1}', '{"type":"error"}');
  expect(graphql.sniff({ url: '', protocol: '' }, samples).confidence).toBe(0);
});

test('results tell by their id and data, not by type and payload alone', () => {
  const confidence = (message: string) =>
    graphql.sniff({ url: '', protocol: '' }, samplesOf(message, message)).confidence;
  expect(confidence('{"type":"data","payload":{"price":1}}')).toBe(0);
  expect(confidence('{"type":"data","id":"1","payload":{"price":1}}')).toBe(0);
  expect(confidence('{"type":"next","id":"1","payload":{"data":{"price":1}}}')).toBe(0.8);
  expect(confidence('{"type":"data","id":"1","payload":{"errors":[{"message":"no"}]}}')).toBe(0.8);
});
